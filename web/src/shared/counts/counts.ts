import { queryOptions } from "@tanstack/react-query";
import { countJobs, countOrders, listingFacets } from "@/api/sdk.gen";

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

/** How many listings stand in each state on some channel, from the counts that channels add. */
export function byChannelState(more: Record<string, number> | undefined): Partial<Record<string, number>> {
  const prefix = "channel_state:";
  const found = Object.entries(more ?? {}).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, count]) => [name.slice(prefix.length), count]));
}
