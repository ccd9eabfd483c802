/** Where a problem's field stands on the product page: which tab, and which field of it. */
export type ProductTab = "product" | "variants" | "pictures" | "texts" | "history";

export interface Place {
  to: string;
  search: Record<string, string | undefined>;
}

const tabs: [RegExp, ProductTab][] = [
  [/^(title|description)/, "texts"],
  [/^image/, "pictures"],
  [/^(price|quantity|sku|gtin|currency|option|parent_sku|variants|weight)/, "variants"],
];

export function tabOf(field: string): ProductTab {
  return tabs.find(([pattern]) => pattern.test(field))?.[1] ?? "product";
}

/** The address of the field that a problem names; a connection's own problems lead to the connection. */
export function placeOf(field: string, fix: string, listingId: string, connectionId: string): Place {
  if (fix.startsWith("connection:") || field === "connection") {
    return { to: "/channels", search: { connection: connectionId } };
  }
  const tab = tabOf(field);
  return {
    to: `/listings/${listingId}`,
    search: { tab: tab === "product" ? undefined : tab, field: field || undefined },
  };
}
