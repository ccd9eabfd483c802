import { infiniteQueryOptions } from "@tanstack/react-query";
import { listListings } from "@/api/sdk.gen";
import type { ListingRow, ListListingsData } from "@/api/types.gen";

export const views = ["all", "problems", "drafts", "out", "archived"] as const;
export type View = (typeof views)[number];

type Query = NonNullable<ListListingsData["query"]>;
export type Sort = NonNullable<Query["sort"]>;
export const sorts: Sort[] = ["-updated", "title", "price", "-price", "stock", "-stock"];

/** The filters as they stand in the address. */
export interface Filters {
  view: View;
  q: string;
  connection?: string;
  state?: string;
  brand?: string;
  sort: Sort;
}

export function filtersFrom(search: Record<string, string | undefined>): Filters {
  return {
    view: views.find((view) => view === search.view) ?? "all",
    q: search.q ?? "",
    connection: search.connection,
    state: search.state,
    brand: search.brand,
    sort: sorts.find((sort) => sort === search.sort) ?? "-updated",
  };
}

/** The address of some filters; what is the default is left out. */
export function addressOf({
  view,
  q,
  connection,
  state,
  brand,
  sort,
}: Filters): Record<string, string | undefined> {
  return {
    view: view === "all" ? undefined : view,
    q: q || undefined,
    connection,
    state,
    brand,
    sort: sort === "-updated" ? undefined : sort,
  };
}

const asked: Record<View, Query> = {
  all: {},
  problems: { problem: true },
  drafts: { status: ["draft"] },
  out: { in_stock: false },
  archived: { status: ["archived"] },
};

const queryOf = (filters: Filters): Query => ({
  ...asked[filters.view],
  q: filters.q || undefined,
  connection: filters.connection,
  channel_state: filters.state,
  brand: filters.brand,
  sort: filters.sort,
});

const perPage = 50;
const largestPage = 200;

export const listingsQuery = (filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ["listings", "list", filters],
    queryFn: ({ pageParam, signal }) =>
      listListings({
        // The first page counts all: the heading and "select all" name the number.
        query: { ...queryOf(filters), limit: perPage, cursor: pageParam, total: pageParam === undefined },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** Every listing that fits the filters, page by page; for what acts on all of them. */
export async function allOf(filters: Filters): Promise<ListingRow[]> {
  const rows: ListingRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await listListings({ query: { ...queryOf(filters), limit: largestPage, cursor } });
    rows.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return rows;
}
