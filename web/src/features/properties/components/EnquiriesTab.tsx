import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PropertyOut } from "@/api/types.gen";
import { enquiriesOfQuery } from "@/features/properties/api/property";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { EmptyState } from "@/shared/ui/EmptyState";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Property.module.css";

/** Who asked about this property; each is answered and settled on its own page. */
export function EnquiriesTab({ property }: { property: PropertyOut }) {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const { data, error, refetch } = useQuery(enquiriesOfQuery(property.id));
  return (
    <section className="sheet" aria-labelledby="enquiries">
      <header>
        <h2 id="enquiries">{t("tab.enquiries")}</h2>
      </header>
      {error && !data && <ProblemNote problem={error} onRetry={() => void refetch()} />}
      {!error && !data && <LedgerSkeleton rows={3} />}
      {data?.items.length === 0 && (
        <EmptyState title={t("enquiries.none.title")}>{t("enquiries.none.text")}</EmptyState>
      )}
      <ul className={css.similar}>
        {data?.items.map(({ id, prospect, message, portal, received_at: at, state }) => (
          <li key={id}>
            <To to={`/enquiries/${id}`}>
              <span className="grow col">
                <span className="row">
                  <span className="medium clip grow">
                    {[prospect.first_name, prospect.last_name].filter(Boolean).join(" ") ||
                      prospect.company ||
                      prospect.email}
                  </span>
                  <span className="dim caption nowrap">{t(`enquiries.${state}`)}</span>
                  <time className="dim caption nowrap" dateTime={at}>
                    {format.moment(new Date(at))}
                  </time>
                </span>
                <span className="dim caption clip">{[portal, message].filter(Boolean).join(" · ")}</span>
              </span>
            </To>
          </li>
        ))}
      </ul>
    </section>
  );
}
