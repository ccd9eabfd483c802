import { useQuery } from "@tanstack/react-query";
import i18n from "i18next";
import { useTranslation } from "react-i18next";
import { plannedQuery } from "@/features/jobs/api/jobs";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Jobs.module.css";

/** Kinds come from the server, so their words are looked up and not typed. */
function kindWords(kind: string): string {
  const key = `shared:jobKind.${kind.replaceAll(".", "_")}`;
  const translate = i18n.t as unknown as (key: string, options: object) => string;
  return i18n.exists(key, { count: 0 }) ? translate(key, { count: 0, number: "", label: "" }) : kind;
}

/** Work that comes again, soonest first; `most` of it where there is no room for all. */
export function Planned({ most }: { most?: number }) {
  const { t } = useTranslation("jobs");
  const format = useFormat();
  const { data, error, refetch } = useQuery(plannedQuery);
  if (error && !data) return <ProblemNote problem={error} onRetry={() => void refetch()} />;
  const every = (seconds: number) => {
    if (seconds < 90) return t("every.seconds", { count: Math.round(seconds) });
    if (seconds < 5400) return t("every.minutes", { count: Math.round(seconds / 60) });
    return t("every.hours", { count: Math.round(seconds / 3600) });
  };
  return (
    <section className="sheet" aria-labelledby="planned">
      <header>
        <h2 id="planned">{t("planned")}</h2>
      </header>
      {data?.length === 0 && <p className={`dim small ${css.none}`}>{t("plannedNone")}</p>}
      {data ? (
        <ul className={css.planned}>
          {data.slice(0, most).map((plan) => (
            <li key={plan.name}>
              <time dateTime={plan.next_at}>{format.time(new Date(plan.next_at))}</time>
              <span className="grow">{kindWords(plan.kind)}</span>
              <span className="dim caption">{every(plan.every_seconds)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <LedgerSkeleton rows={3} />
      )}
    </section>
  );
}
