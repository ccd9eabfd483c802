import i18n from "i18next";
import { useTranslation } from "react-i18next";
import type { JobOut } from "@/api/types.gen";
import { useNow } from "@/shared/format/clock";
import { useFormat } from "@/shared/format/format";
import { paceOf } from "@/shared/jobs/job";
import { isChannel } from "@/shared/states/channels";

/** Kinds come from the server, so their words are looked up and not typed. */
function titleOf(job: JobOut, number: string): string {
  const translate = i18n.t as unknown as (key: string, options: object) => string;
  for (const name of [`${job.kind}.${job.label}`, job.kind]) {
    const key = `shared:jobKind.${name.replaceAll(".", "_")}`;
    if (i18n.exists(key, { count: job.total }))
      return translate(key, { count: job.total, number, label: job.label });
  }
  return job.label || job.kind;
}

/** Who or what caused something, in words. */
export function useCauseWords(): (cause: Record<string, unknown>) => string {
  const { t } = useTranslation("shared");
  return (cause) => {
    const kind = String(cause.kind ?? "");
    const label = String(cause.label ?? "");
    if (kind === "person") return label || t("cause.person");
    if (kind === "channel")
      return label || (isChannel(String(cause.id)) ? String(cause.id) : t("cause.channel"));
    if (kind === "job")
      return label ? titleOf({ kind: label, label: "", total: 0 } as JobOut, "") : t("cause.job");
    return t("cause.system");
  };
}

/** What a job worked at when it changed something of the merchant's. */
const works = {
  inbound: "orders",
  orders: "orders",
  imports: "file",
  catalog: "pictures",
  goods: "many",
  connections: "channel",
} as const;

/** Who changed something: a person by name; a job as Kontor, with what it was about. */
export function useActorWords(): (cause: Record<string, unknown>) => string {
  const { t } = useTranslation("shared");
  const causeWords = useCauseWords();
  return (cause) => {
    if (cause.kind !== "job") return causeWords(cause);
    const kind = String(cause.label ?? "");
    if (kind === "publishing.prepare") return t("by.categories");
    const work = works[kind.split(".")[0] as keyof typeof works] as
      (typeof works)[keyof typeof works] | undefined;
    return work ? t(`by.${work}`) : t("cause.system");
  };
}

/** A job as people call it, with its cause, pace and end where they are known. */
export function useJobWords(): (job: JobOut) => { title: string; facts: string } {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const now = useNow();
  const causeWords = useCauseWords();
  return (job) => {
    const pace = paceOf(job, now);
    const facts = [
      format.moment(new Date(job.created_at)),
      t("job.because", { cause: causeWords(job.cause) }),
      pace && t("job.perMinute", { rate: format.number(pace.perMinute) }),
      pace && t("job.endsAt", { time: format.time(pace.endsAt) }),
    ];
    return { title: titleOf(job, format.number(job.total)), facts: facts.filter(Boolean).join(" · ") };
  };
}
