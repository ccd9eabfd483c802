import { useTranslation } from "react-i18next";
import type { ConnectionOut } from "@/api/types.gen";
import { useFormat } from "@/shared/format/format";
import type { ProblemDetail } from "@/shared/problems/problem";
import { useProblemWords } from "@/shared/problems/words";
import { useWithAge } from "@/shared/states/proven";

interface ConnectionWords {
  /** The state to show: a proven one grows old. */
  state: string;
  /** More than the state's own word, where there is more to say. */
  chip?: string;
  proof: string;
  listens: string;
  /** Where the channel may call earlier by itself. */
  hears?: string;
  next: string;
}

/** The latest moment at which the account's rights were used: by a trial, or by any call since. */
export function provedAt({ checked_at: checked, last_call_at: called }: ConnectionOut): string | null {
  if (!checked || !called) return checked;
  return checked > called ? checked : called;
}

/** A connection in words: what is proven, how it hears of news, and what comes next. */
export function useConnectionWords(connection: ConnectionOut): ConnectionWords {
  const { t } = useTranslation("channels");
  const format = useFormat();
  const words = useProblemWords();
  const aged = useWithAge();
  const {
    state,
    problem,
    missing,
    consent_until: until,
    fresh_for_seconds: fresh,
    poll_seconds: poll,
  } = connection;
  const chip =
    state === "expiring" && until ? t("expires", { date: format.moment(new Date(until)) }) : undefined;
  const first = missing[0];

  function proof(): string {
    if (problem) return words(problem as unknown as ProblemDetail).title;
    if (first) return words({ code: `setup.${first.code}`, message: first.message }).title;
    return t(`proof.${state}`);
  }
  const polls =
    poll < 90
      ? t("listens.seconds", { count: Math.max(1, Math.round(poll)) })
      : t("listens.minutes", { count: Math.round(poll / 60) });
  const usable = ["callable", "expiring"].includes(state);
  return {
    state: aged(state, provedAt(connection), fresh),
    chip,
    proof: proof(),
    listens: usable ? polls : t("listens.rests"),
    hears: usable ? t("listens.pushes") : undefined,
    next: t(`next.${state}`),
  };
}
