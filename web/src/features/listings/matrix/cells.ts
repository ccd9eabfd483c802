import type { Field, MatrixVariant } from "@/features/listings/matrix/sheet";
import { amountText, parseAmount } from "@/shared/format/amount";
import type { Format } from "@/shared/format/format";

export type VariantChange =
  | { id: string; field: "price"; value: number }
  | { id: string; field: "quantity"; value: number }
  | { id: string; field: "sku"; value: string }
  | { id: string; field: "gtin"; value: string };

/** What stands in a cell, and what editing it begins with. */
export function cellText(variant: MatrixVariant, field: Field, currency: string, format: Format): string {
  if (field === "price")
    return variant.priceMinor === null ? "" : amountText(variant.priceMinor, currency, format);
  if (field === "quantity") return String(variant.quantity);
  return variant[field];
}

/** What was typed, as a change; nothing where it is not a value of its field or is the same as before. */
export function readCell(
  variant: MatrixVariant,
  field: Field,
  text: string,
  currency: string,
  format: Format,
): VariantChange | undefined {
  const { id } = variant;
  if (field === "price") {
    const value = parseAmount(text, currency, format);
    return value === undefined || value < 0 || value === variant.priceMinor
      ? undefined
      : { id, field, value };
  }
  if (field === "quantity") {
    const value = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
    return value === undefined || value === variant.quantity ? undefined : { id, field, value };
  }
  const value = text.trim();
  return value === variant[field] || (field === "sku" && !value) ? undefined : { id, field, value };
}
