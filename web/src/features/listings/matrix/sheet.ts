/** What the matrix needs of a variant. */
export interface MatrixVariant {
  id: string;
  sku: string;
  gtin: string;
  options: Record<string, string>;
  priceMinor: number | null;
  quantity: number;
}

export type Field = "price" | "quantity" | "sku" | "gtin";
export type Mode = "priceStock" | "sku" | "gtin";

export interface SheetColumn {
  key: string;
  /** The value of the second axis that this column stands under. */
  group?: string;
  field: Field;
}

export interface SheetRow {
  key: string;
  label: string;
}

/** Variants laid out: one axis down, the other across; or one row per variant where there are not two axes. */
export interface Sheet {
  axis: string;
  rows: SheetRow[];
  columns: SheetColumn[];
  groups: { label: string; span: number }[];
  at: (row: number, column: number) => MatrixVariant | undefined;
}

const fieldsOf: Record<Mode, Field[]> = { priceStock: ["price", "quantity"], sku: ["sku"], gtin: ["gtin"] };
const widestAcross = 8;

function valuesOf(variants: MatrixVariant[], axis: string): string[] {
  return [...new Set(variants.map((variant) => variant.options[axis] ?? ""))];
}

function crossed(variants: MatrixVariant[], down: string, across: string, mode: Mode): Sheet {
  const rows = valuesOf(variants, down).map((label) => ({ key: label, label }));
  const groups = valuesOf(variants, across);
  const fields = fieldsOf[mode];
  const columns = groups.flatMap((group) =>
    fields.map((field) => ({ key: `${group}/${field}`, group, field })),
  );
  const byCell = new Map(
    variants.map((variant) => [`${variant.options[down]}\u0000${variant.options[across]}`, variant]),
  );
  return {
    axis: down,
    rows,
    columns,
    groups: groups.map((label) => ({ label, span: fields.length })),
    at: (row, column) => byCell.get(`${rows[row]?.key}\u0000${columns[column]?.group}`),
  };
}

function listed(variants: MatrixVariant[], axes: string[]): Sheet {
  const fields: Field[] = ["price", "quantity", "sku", "gtin"];
  const label = (variant: MatrixVariant) => Object.values(variant.options).join(" · ") || variant.sku;
  return {
    axis: axes.join(" · "),
    rows: variants.map((variant) => ({ key: variant.id, label: label(variant) })),
    columns: fields.map((field) => ({ key: field, field })),
    groups: [],
    at: (row) => variants[row],
  };
}

export const axesOf = (variants: MatrixVariant[]): string[] => [
  ...new Set(variants.flatMap((variant) => Object.keys(variant.options))),
];

/** Two axes cross where the shorter one fits across; all else is a list with every field. */
export function sheetOf(variants: MatrixVariant[], mode: Mode): Sheet {
  const axes = axesOf(variants);
  const [first, second] = axes;
  if (axes.length !== 2 || first === undefined || second === undefined) return listed(variants, axes);
  const [one, other] = [valuesOf(variants, first).length, valuesOf(variants, second).length];
  if (Math.min(one, other) > widestAcross) return listed(variants, axes);
  return other <= widestAcross
    ? crossed(variants, first, second, mode)
    : crossed(variants, second, first, mode);
}

/** The price that most of these variants have. */
function basePrice(variants: MatrixVariant[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { priceMinor } of variants) {
    if (priceMinor !== null) counts.set(priceMinor, (counts.get(priceMinor) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The base price of each variant, by its id: what most cost that stand under the same value of the second axis. */
export function basePrices(sheet: Sheet): Map<string, number | undefined> {
  const bases = new Map<string, number | undefined>();
  sheet.columns.forEach((column, at) => {
    if (column.field !== "price") return;
    const under = sheet.rows.flatMap((_, row) => sheet.at(row, at) ?? []);
    const base = basePrice(under);
    for (const { id } of under) bases.set(id, base);
  });
  return bases;
}

/** The same variants at prices raised or lowered by a percentage, to the nearest minor unit; none without a price. */
export function byPercent(variants: MatrixVariant[], percent: number): { id: string; priceMinor: number }[] {
  return variants.flatMap(({ id, priceMinor }) =>
    priceMinor === null
      ? []
      : [{ id, priceMinor: Math.max(0, Math.round(priceMinor * (1 + percent / 100))) }],
  );
}

/** The part of the sheet that a range covers, in words of its axes: one value, or the first and the last. */
export function labelsIn(sheet: Sheet, range: { top: number; left: number; bottom: number; right: number }) {
  const groups = sheet.columns.slice(range.left, range.right + 1).map((column) => column.group);
  return {
    rows: ends(sheet.rows.slice(range.top, range.bottom + 1).map((row) => row.label)),
    groups: ends(groups.filter((group) => group !== undefined)),
  };
}

function ends(labels: string[]): [first: string, last: string] | undefined {
  const [first, last] = [labels[0], labels.at(-1)];
  return first === undefined || last === undefined ? undefined : [first, last];
}
