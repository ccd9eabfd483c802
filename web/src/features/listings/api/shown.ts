import { queryOptions } from "@tanstack/react-query";
import { getPublication, listingAspects } from "@/api/sdk.gen";
import type { AskedOut } from "@/api/types.gen";
import { preflightAll } from "@/shared/publications/publications";

/** One publication with what its channel showed when it was last read back. */
export const publicationQuery = (id: string) =>
  queryOptions({
    queryKey: ["publications", "one", id],
    queryFn: ({ signal }) => getPublication({ path: { publication_id: id }, signal }),
  });

const soon = 1500;
const mostLooks = 20;

/** Which attributes the categories of a product know. Where rules are still fetched, it is asked again until they are here. */
export const askedQuery = (listingId: string, expected: string[]) => {
  const lacking = (asked: AskedOut[]) =>
    expected.filter((id) => !asked.some((one) => one.connection_id === id));
  return queryOptions({
    queryKey: ["preflight", "aspects", listingId, expected],
    queryFn: async ({ signal }) => {
      const asked = await listingAspects({ path: { listing_id: listingId }, signal });
      const without = lacking(asked);
      // Preflight has the rules of a newly picked category looked up.
      if (without.length > 0) await preflightAll([listingId], without, signal);
      return asked;
    },
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data && lacking(data).length > 0 && dataUpdateCount < mostLooks ? soon : false,
  });
};
