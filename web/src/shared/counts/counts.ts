import { queryOptions } from "@tanstack/react-query";
import { countJobs, countOrders, countPublications, listingFacets } from "@/api/sdk.gen";

export const orderCountsQuery = queryOptions({
  queryKey: ["orders", "counts"],
  queryFn: ({ signal }) => countOrders({ signal }),
});

export const listingCountsQuery = queryOptions({
  queryKey: ["listings", "facets"],
  queryFn: ({ signal }) => listingFacets({ signal }),
});

export const jobCountsQuery = queryOptions({
  queryKey: ["jobs", "counts"],
  queryFn: ({ signal }) => countJobs({ signal }),
});

/** How the listings of each account stand: by connection, by state. */
export const publicationCountsQuery = queryOptions({
  queryKey: ["publications", "counts"],
  queryFn: async ({ signal }) =>
    new Map((await countPublications({ signal })).map((row) => [row.connection_id, row.counts])),
});

/** How many listings stand in each state on some channel, from the counts that channels add. */
export function byChannelState(more: Record<string, number> | undefined): Partial<Record<string, number>> {
  const prefix = "channel_state:";
  const found = Object.entries(more ?? {}).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, count]) => [name.slice(prefix.length), count]));
}
