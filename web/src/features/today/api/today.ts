import { queryOptions } from "@tanstack/react-query";
import { listJobs, listOrders, orderFigures } from "@/api/sdk.gen";

export const shownDays = 14;
const shownOrders = 6;

/** The newest orders. */
export const recentOrdersQuery = queryOptions({
  queryKey: ["orders", "recent"],
  queryFn: async ({ signal }) => (await listOrders({ query: { limit: shownOrders }, signal })).items,
});

/** Orders and revenue of the last days, by the days of the person who looks. */
export const figuresQuery = queryOptions({
  queryKey: ["orders", "figures"],
  queryFn: ({ signal }) =>
    orderFigures({
      query: { days: shownDays, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      signal,
    }),
});

export const openJobsQuery = queryOptions({
  queryKey: ["jobs", "today"],
  queryFn: async ({ signal }) =>
    (await listJobs({ query: { status: ["leased", "waiting", "paused"], limit: 10 }, signal })).items,
});
