import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { listJobs, listListings, listPublications } from "@/api/sdk.gen";
import type { PublicationOut } from "@/api/types.gen";

export const gridListingsQuery = (words: string) =>
  infiniteQueryOptions({
    queryKey: ["listings", "grid", words],
    queryFn: ({ pageParam, signal }) =>
      listListings({
        query: {
          q: words || undefined,
          status: ["active"],
          limit: 50,
          cursor: pageParam,
          total: pageParam === undefined,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

const mostPages = 10;

/** How the listings stand on one connection, the latest change first, until all that are asked for were seen. */
export const standingsQuery = (connectionId: string, listingIds: string[]) =>
  queryOptions({
    queryKey: ["publications", "standings", connectionId, listingIds],
    queryFn: async ({ signal }) => {
      const found = new Map<string, PublicationOut>();
      const wanted = new Set(listingIds);
      let cursor: string | undefined;
      for (let page = 0; page < mostPages; page += 1) {
        const answer = await listPublications({
          query: { connection_id: connectionId, limit: 200, cursor },
          signal,
        });
        for (const one of answer.items) if (wanted.has(one.listing_id)) found.set(one.listing_id, one);
        cursor = answer.next_cursor ?? undefined;
        if (!cursor || found.size === wanted.size) break;
      }
      return found;
    },
    enabled: listingIds.length > 0,
  });

/** What is being sent right now. */
export const runningQuery = queryOptions({
  queryKey: ["jobs", "publishing"],
  queryFn: async ({ signal }) => {
    const query = {
      kind: ["publishing.run"],
      status: ["waiting" as const, "leased" as const, "paused" as const],
      limit: 5,
    };
    return (await listJobs({ query, signal })).items;
  },
});
