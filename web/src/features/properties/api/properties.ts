import { infiniteQueryOptions } from "@tanstack/react-query";
import { listProperties } from "@/api/sdk.gen";
import type { Kind, ListPropertiesData, Marketing } from "@/api/types.gen";
import { kinds, marketings } from "@/features/properties/choices";

export const views = ["use", "active", "drafts", "archived"] as const;
export type View = (typeof views)[number];

type Query = NonNullable<ListPropertiesData["query"]>;
export type Sort = NonNullable<Query["sort"]>;
export const sorts: Sort[] = [
  "-updated",
  "title",
  "city",
  "price",
  "-price",
  "area",
  "-area",
  "rooms",
  "-rooms",
];

/** The ends of a range that may be typed; each is the name of the API's own parameter. */
export const bounds = ["price_from", "price_to", "area_from", "area_to", "rooms_from", "rooms_to"] as const;
export type Bound = (typeof bounds)[number];

/** The filters as they stand in the address. */
export interface Filters extends Partial<Record<Bound, string>> {
  view: View;
  q: string;
  kind?: Kind;
  marketing?: Marketing;
  city?: string;
  sort: Sort;
}

type Address = Record<string, string | undefined>;

export function filtersFrom(search: Address): Filters {
  return {
    view: views.find((view) => view === search.view) ?? "use",
    q: search.q ?? "",
    kind: kinds.find((kind) => kind === search.kind),
    marketing: marketings.find((marketing) => marketing === search.marketing),
    city: search.city,
    ...Object.fromEntries(bounds.map((name) => [name, asBound(search[name])])),
    sort: sorts.find((sort) => sort === search.sort) ?? "-updated",
  };
}

/** A bound that is no number would be refused; a link with one still opens. */
const asBound = (text: string | undefined) => (text && /^\d{1,11}(\.\d+)?$/.test(text) ? text : undefined);

/** The address of some filters; what is the default is left out. */
export function addressOf(filters: Filters): Address {
  return {
    ...filters,
    view: filters.view === "use" ? undefined : filters.view,
    q: filters.q || undefined,
    city: filters.city || undefined,
    sort: filters.sort === "-updated" ? undefined : filters.sort,
  };
}

/** What narrows the list besides view and words. */
export const narrowing = (filters: Filters): string[] =>
  (["kind", "marketing", "city", ...bounds] as const).filter((name) => filters[name]);

const statusOf: Record<View, Query["status"]> = {
  use: undefined,
  active: ["active"],
  drafts: ["draft"],
  archived: ["archived"],
};

function queryOf({ view, q, kind, marketing, city, sort, ...ranges }: Filters): Query {
  return { ...ranges, status: statusOf[view], q, kind: kind && [kind], marketing, city, sort };
}

const perPage = 50;

export const propertiesQuery = (filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ["properties", "list", filters],
    queryFn: ({ pageParam, signal }) =>
      listProperties({
        // The first page counts all: the line above the list names the number.
        query: { ...queryOf(filters), limit: perPage, cursor: pageParam, total: pageParam === undefined },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
