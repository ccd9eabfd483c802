import type { AskedAspect, AskedOut } from "@/api/types.gen";

/** One attribute as the product page shows it: the product's own, or one that a channel's category knows. */
export interface AspectField {
  name: string;
  values: string[];
  /** What else answers it where the product itself does not: another field, an option, or a default. */
  stand?: { values: string[]; origin: "other" | "default" };
  requiredBy: string[];
  /** Known to the category, and nobody insists on it. */
  knownTo: string[];
  requiredFrom?: string;
  choices: string[];
}

/** Own attributes first, then what is required, then what is only known. */
export function aspectFields(
  own: Record<string, string[]>,
  asked: AskedOut[],
  where: (connectionId: string) => string,
): AspectField[] {
  const fields = new Map<string, AspectField>();
  const field = (name: string) => {
    const known = fields.get(name) ?? {
      name,
      values: own[name] ?? [],
      requiredBy: [],
      knownTo: [],
      choices: [],
    };
    fields.set(name, known);
    return known;
  };
  Object.keys(own).forEach(field);
  const told = asked.flatMap((one) =>
    one.aspects.map((aspect) => ({ aspect, by: where(one.connection_id) })),
  );
  for (const { aspect, by } of told.toSorted(
    (a, b) => Number(b.aspect.required) - Number(a.aspect.required),
  )) {
    if (answeredUnderAnotherName(aspect, own)) continue;
    const shown = field(aspect.name);
    const list = aspect.required ? shown.requiredBy : shown.knownTo;
    if (!list.includes(by)) list.push(by);
    shown.requiredFrom ??= aspect.required_from || undefined;
    shown.choices = [...new Set([...shown.choices, ...aspect.values])];
    if (shown.values.length === 0 && (aspect.origin === "other" || aspect.origin === "default"))
      shown.stand ??= { values: aspect.found, origin: aspect.origin };
  }
  return [...fields.values()];
}

/** `Colour` of the product answers `Farbe` of the category: it is shown once, as the product calls it. */
const answeredUnderAnotherName = (aspect: AskedAspect, own: Record<string, string[]>) =>
  aspect.origin === "attribute" && !(aspect.name in own);
