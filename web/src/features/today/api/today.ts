import { queryOptions } from "@tanstack/react-query";
import { listJobs, listOrders } from "@/api/sdk.gen";
import type { OrderOut } from "@/api/types.gen";

export const shownDays = 14;
const day = 86_400_000;
const mostPages = 10;

/** Orders of the last two weeks, newest first. */
export const recentOrdersQuery = queryOptions({
  queryKey: ["orders", "recent"],
  queryFn: async ({ signal }) => {
    const since = Date.now() - shownDays * day;
    const orders: OrderOut[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await listOrders({ query: { limit: 200, cursor }, signal });
      orders.push(...answer.items.filter((order) => Date.parse(order.placed_at) >= since));
      cursor = answer.next_cursor ?? undefined;
      if (!cursor || orders.length < (page + 1) * 200) break;
    }
    return orders;
  },
});

export const openJobsQuery = queryOptions({
  queryKey: ["jobs", "today"],
  queryFn: async ({ signal }) =>
    (await listJobs({ query: { status: ["leased", "waiting", "paused"], limit: 10 }, signal })).items,
});
