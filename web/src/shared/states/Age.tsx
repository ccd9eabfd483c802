import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/format";
import { useNow } from "@/shared/format/clock";
import css from "./state.module.css";

/** Words for how long ago a moment was: relative below 24 hours, the day after that. */
export function useAgeWords(): (since: string) => string {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const now = useNow();
  return (since) => {
    const at = new Date(since);
    const seconds = Math.max(0, Math.round((now - at.getTime()) / 1000));
    if (seconds < 10) return t("age.now");
    if (seconds < 60) return t("age.seconds", { count: Math.floor(seconds / 10) * 10 });
    if (seconds < 3600) return t("age.minutes", { count: Math.floor(seconds / 60) });
    if (seconds < 86_400) return t("age.hours", { count: Math.floor(seconds / 3600) });
    return format.moment(at, new Date(now));
  };
}

interface Props {
  since: string | null | undefined;
  /** After three times this, the proof is old. */
  freshForSeconds?: number;
  /** What stands there while nothing was proven yet. */
  none?: string;
}

/** How old something is; the exact moment is in the title. Old proof is underlined with dashes. */
export function Age({ since, freshForSeconds, none }: Props) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const words = useAgeWords();
  const now = useNow();
  if (!since) return <span className={css.age}>{none ?? t("age.none")}</span>;
  const at = new Date(since);
  const stale = freshForSeconds !== undefined && now - at.getTime() > freshForSeconds * 3000;
  return (
    <time
      className={css.age}
      data-stale={stale || undefined}
      dateTime={since}
      title={`${format.date(at)}, ${format.seconds(at)}`}
    >
      {words(since)}
      {stale && <span className="vh">, {t("state.stale")}</span>}
    </time>
  );
}
