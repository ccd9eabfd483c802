import type { ProductBody, ProductOut } from "@/api/types.gen";

/** One value that two people wrote differently. */
export interface Disagreement {
  field: string;
  mine: string;
  theirs: string;
}

const plain = ["reference", "brand", "mpn", "condition", "status", "category_hint"] as const;
const byLanguage = ["title", "description"] as const;

/** Where a refused change and the product as it stands now say different things, in texts and plain values. */
export function disagreements(mine: ProductBody, theirs: ProductOut): Disagreement[] {
  const values = plain.map((field) => ({
    field,
    mine: mine[field],
    theirs: field === "brand" ? theirs.brand_name : theirs[field],
  }));
  const texts = byLanguage.flatMap((field) =>
    Object.entries(mine[field] ?? {}).map(([language, text]) => ({
      field,
      mine: text,
      theirs: theirs[field][language] ?? "",
    })),
  );
  return [...values, ...texts].flatMap(({ field, mine, theirs }) =>
    mine === undefined || mine === theirs ? [] : [{ field, mine, theirs }],
  );
}
