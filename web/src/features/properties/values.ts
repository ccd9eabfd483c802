import type { PropertyPatch } from "@/api/types.gen";
import type { Field } from "@/features/properties/fields";
import { parseAmount } from "@/shared/format/amount";
import type { Format } from "@/shared/format/format";

type Tree = Record<string, unknown>;

/** Places of the finest number that is asked for: a coordinate's. */
const places = 7;
const wholeYears = /^\d{4}$/;

/** What stands at a dotted path. */
export function valueAt(of: object, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, name) => (value as Tree | null | undefined)?.[name], of as Tree);
}

/** A merge patch that says one value; null takes it away. */
export function patchAt(path: string, value: unknown): PropertyPatch {
  return path.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as PropertyPatch;
}

/** The one place and value that such a patch says, if it says only one. */
export function saidBy(patch: PropertyPatch): { path: string; value: unknown } | undefined {
  const path: string[] = [];
  let value: unknown = patch;
  while (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const entries: [string, unknown][] = Object.entries(value);
    const [only] = entries;
    if (!only || entries.length > 1) return undefined;
    path.push(only[0]);
    value = only[1];
  }
  return { path: path.join("."), value };
}

/** A value as it stands in its field, so that it may be typed again. */
export function textOf({ kind }: Field, value: unknown, format: Format): string {
  if (value === null || value === undefined || value === "") return "";
  if (kind === "answer") return value === true ? "yes" : "no";
  if (kind === "amount" || kind === "decimal") {
    const least = kind === "amount" ? 2 : 0;
    return new Intl.NumberFormat(format.locale, {
      minimumFractionDigits: least,
      maximumFractionDigits: places,
    }).format(Number(value));
  }
  return String(value as string | number);
}

/** What somebody typed, as the API takes it: null for nothing, undefined for what can't be read. */
export function readText({ kind }: Field, text: string, format: Format): unknown {
  const typed = text.trim();
  if (!typed) return null;
  if (kind === "answer") return typed === "yes";
  if (kind === "year") return wholeYears.test(typed) ? Number(typed) : undefined;
  if (kind === "amount" || kind === "decimal" || kind === "count") {
    const scaled = parseAmount(typed, "€", { ...format, decimals: () => places });
    if (scaled === undefined) return undefined;
    const number = scaled / 10 ** places;
    if (kind === "count") return Number.isInteger(number) ? number : undefined;
    return kind === "amount" ? number.toFixed(2) : number;
  }
  return kind === "text" ? text : typed;
}
