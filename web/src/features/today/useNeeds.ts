import { useQuery } from "@tanstack/react-query";
import { needsOf, type Need } from "@/features/today/needs";
import { connectionsQuery } from "@/shared/connections/connections";
import {
  byChannelState,
  jobCountsQuery,
  listingCountsQuery,
  orderCountsQuery,
  publicationCountsQuery,
} from "@/shared/counts/counts";

interface Found {
  /** Undefined until everything is read: half a list would say that the rest is well. */
  needs?: Need[];
  error?: { error: unknown; refetch: () => unknown };
  /** Whether anything was entered, and any channel connected, yet. */
  anyListing: boolean;
  anyChannel: boolean;
}

/** Everything that waits for a person, dearest first. */
export function useNeeds(toShipSince?: string | null): Found {
  const connections = useQuery(connectionsQuery);
  const orders = useQuery(orderCountsQuery);
  const listings = useQuery(listingCountsQuery);
  const jobs = useQuery(jobCountsQuery);
  const { data: standings } = useQuery(publicationCountsQuery);
  const all = [connections, orders, listings, jobs];
  const ready = connections.data && orders.data && listings.data && jobs.data;
  return {
    needs: ready
      ? needsOf({
          connections: connections.data,
          orders: orders.data.counts,
          toShipSince,
          publications: byChannelState(listings.data.more),
          failedJobs: jobs.data.failed_today,
          standings,
        })
      : undefined,
    error: all.find((query) => query.isError && !query.data),
    anyListing: listings.data?.total !== 0,
    anyChannel: connections.data?.length !== 0,
  };
}
