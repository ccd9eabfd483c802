import type { Format } from "@/shared/format/format";

/**
 * Reads what a person typed as a sum: `1.284,50`, `1284.5` and `1 284,50` are the same.
 * The last of comma and point is the decimal sign, unless exactly three digits follow a lone grouping sign
 * of the reader's own language. Gives minor units, or `undefined` for anything that is not a sum.
 */
export function parseAmount(text: string, currency: string, format: Format): number | undefined {
  const digits = text.replace(/[\s\u00a0\u202f'’]/g, "").replace(/[^\d.,-]/g, "");
  if (!/\d/.test(digits) || /[a-zA-Z]/.test(text.replace(currency, ""))) return undefined;
  const last = Math.max(digits.lastIndexOf(","), digits.lastIndexOf("."));
  const fraction = last < 0 ? "" : digits.slice(last + 1);
  const grouping = fraction.length === 3 && digits[last] === format.groupSign;
  const whole = (last < 0 || grouping ? digits : digits.slice(0, last)).replace(/[.,]/g, "");
  const value = Number(grouping || last < 0 ? whole : `${whole || "0"}.${fraction || "0"}`);
  if (!Number.isFinite(value)) return undefined;
  return Math.round(value * 10 ** format.decimals(currency));
}

/** A sum as it stands in a field: digits with the language's decimal sign, no currency, no grouping. */
export function amountText(minor: number, currency: string, format: Format): string {
  const decimals = format.decimals(currency);
  return (minor / 10 ** decimals).toFixed(decimals).replace(".", format.decimalSign);
}
