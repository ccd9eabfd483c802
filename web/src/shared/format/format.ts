import { useMemo } from "react";
import { usePreferences, type Language } from "@/shared/preferences/preferences";

const locales: Record<Language, string> = { de: "de-DE", en: "en-GB", fr: "fr-FR" };
const day = 86_400_000;

/** Everything that a number, a sum or a moment needs to be read in one language. */
export interface Format {
  locale: string;
  number(value: number): string;
  percent(share: number): string;
  /** A sum in minor units, e.g. `money(128450, "EUR")` is `1.284,50 €`. */
  money(minor: number, currency: string): string;
  /** How many decimals a currency has: 2 for EUR, 0 for JPY. */
  decimals(currency: string): number;
  decimalSign: string;
  groupSign: string;
  time(at: Date): string;
  seconds(at: Date): string;
  date(at: Date): string;
  longDate(at: Date): string;
  /** The time today, the day and month this year, else the full date. */
  moment(at: Date, now?: Date): string;
  bytes(count: number): string;
  list(words: string[]): string;
}

/** A zone that this browser does not know must not take the page down. */
function knownZone(timeZone: string | undefined): string | undefined {
  try {
    return timeZone && new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** `zone` is an IANA name; without one, the browser's own clock counts. */
export function formatFor(language: Language, zone?: string): Format {
  const locale = locales[language];
  const timeZone = knownZone(zone);
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const time = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone,
  });
  const seconds = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
    timeZone,
  });
  const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone });
  const full = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone,
  });
  const long = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone,
  });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1234567.8);
  const sign = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  const currencies = new Map<string, Intl.NumberFormat>();

  function currencyFormat(currency: string): Intl.NumberFormat {
    const known = currencies.get(currency);
    if (known) return known;
    const made = new Intl.NumberFormat(locale, { style: "currency", currency });
    currencies.set(currency, made);
    return made;
  }
  const decimals = (currency: string) =>
    currencyFormat(currency).resolvedOptions().maximumFractionDigits ?? 2;

  return {
    locale,
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    money: (minor, currency) => currencyFormat(currency).format(minor / 10 ** decimals(currency)),
    decimals,
    decimalSign: sign("decimal"),
    groupSign: sign("group"),
    time: (at) => time.format(at),
    seconds: (at) => seconds.format(at),
    date: (at) => full.format(at),
    longDate: (at) => long.format(at),
    moment(at, now = new Date()) {
      if (full.format(at) === full.format(now)) return time.format(at);
      return now.getTime() - at.getTime() < 300 * day ? short.format(at) : full.format(at);
    },
    bytes: (count) =>
      count < 1_000_000
        ? `${number.format(Math.max(1, Math.round(count / 1_000)))} kB`
        : `${number.format(Math.round(count / 100_000) / 10)} MB`,
    list: (words) => list.format(words),
  };
}

export function useFormat(): Format {
  const { language, timeZone } = usePreferences();
  return useMemo(() => formatFor(language, timeZone), [language, timeZone]);
}
