/** One variant as a revision remembers it. */
interface VariantSnapshot {
  id: string;
  sku: string;
  gtin: string;
  price: [minor: number, currency: string] | null;
  weight_g: number | null;
  options: [name: string, value: string][];
}

/** A product as a revision remembers it; stock is a ledger of its own and not part of it. */
export interface Snapshot {
  reference: string;
  status: string;
  language: string;
  title: Record<string, string>;
  description: Record<string, string>;
  brand: string;
  mpn: string;
  condition: string;
  category_hint: string;
  category: Record<string, { id?: string; name?: string }>;
  aspects: Record<string, string[]>;
  option_names: string[];
  variants: VariantSnapshot[];
  pictures: unknown[];
}

/** One value of a revision and what it was before. `of` says which of several: a language, an attribute, a SKU. */
export interface Change {
  field: string;
  of: string;
  from: string;
  to: string;
}

export interface Show {
  money: (minor: number, currency: string) => string;
  condition: (value: string) => string;
  status: (value: string) => string;
}

const longest = 90;

/** Texts in HTML are shown as their words, and cut where they are long. */
function short(text: string): string {
  const plain = text
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}

function eachName(
  field: string,
  before: Record<string, string>,
  after: Record<string, string>,
  alone = false,
): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      field,
      of: alone && names.length === 1 ? "" : name,
      from: short(before[name] ?? ""),
      to: short(after[name] ?? ""),
    }));
}

const mapped = <Value>(record: Record<string, Value>, read: (value: Value) => string) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, read(value)]));

function ofVariants(before: Snapshot, after: Snapshot, show: Show): Change[] {
  const old = new Map(before.variants.map((variant) => [variant.id, variant]));
  const kept = new Set(after.variants.map((variant) => variant.id));
  const price = (variant: VariantSnapshot) => (variant.price ? show.money(...variant.price) : "");
  const options = (variant: VariantSnapshot) => variant.options.map(([, value]) => value).join(" · ");
  const values: [string, (variant: VariantSnapshot) => string][] = [
    ["variants.sku", (variant) => variant.sku],
    ["variants.price", price],
    ["variants.gtin", (variant) => variant.gtin],
    ["variants.weight_g", (variant) => (variant.weight_g === null ? "" : `${variant.weight_g} g`)],
    ["variants.options", options],
  ];
  const changes = after.variants.flatMap((variant) => {
    const was = old.get(variant.id);
    if (!was) return [{ field: "variants", of: variant.sku, from: "", to: options(variant) || variant.sku }];
    return values
      .map(([field, read]) => ({ field, of: variant.sku, from: read(was), to: read(variant) }))
      .filter((change) => change.from !== change.to);
  });
  const gone = before.variants
    .filter((variant) => !kept.has(variant.id))
    .map((variant) => ({
      field: "variants",
      of: variant.sku,
      from: options(variant) || variant.sku,
      to: "",
    }));
  return [...changes, ...gone];
}

/** What differs between two revisions, value by value, in the order of the product page. */
export function changesBetween(before: Snapshot, after: Snapshot, show: Show): Change[] {
  const plain: [string, (of: Snapshot) => string][] = [
    ["reference", (of) => of.reference],
    ["brand", (of) => of.brand],
    ["mpn", (of) => of.mpn],
    ["condition", (of) => of.condition && show.condition(of.condition)],
    ["status", (of) => show.status(of.status)],
    ["category_hint", (of) => of.category_hint],
    ["language", (of) => of.language],
    ["option_names", (of) => of.option_names.join(" × ")],
  ];
  const named = (category: { id?: string; name?: string }) => category.name || category.id || "";
  const several = (values: string[]) => values.join("; ");
  const pictures = [before, after].map((of) => JSON.stringify(of.pictures));
  return [
    ...eachName("title", before.title, after.title, true),
    ...eachName("description", before.description, after.description, true),
    ...plain
      .map(([field, read]) => ({ field, of: "", from: read(before), to: read(after) }))
      .filter((change) => change.from !== change.to),
    ...eachName("category", mapped(before.category, named), mapped(after.category, named)),
    ...eachName("aspects", mapped(before.aspects, several), mapped(after.aspects, several)),
    ...ofVariants(before, after, show),
    ...(pictures[0] === pictures[1]
      ? []
      : [{ field: "pictures", of: "", from: `${before.pictures.length}`, to: `${after.pictures.length}` }]),
  ];
}
