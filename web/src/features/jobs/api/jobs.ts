import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { listJobItems, listJobs, listPlanned } from "@/api/sdk.gen";
import type { ListJobsData } from "@/api/types.gen";

export const tabs = ["open", "done", "failed", "planned"] as const;
export type Tab = (typeof tabs)[number];

const asks: Record<Exclude<Tab, "planned">, NonNullable<ListJobsData["query"]>> = {
  open: { status: ["waiting", "leased", "paused"] },
  done: { status: ["done"] },
  failed: { outcome: ["failed", "error"] },
};

export const jobsQuery = (tab: Exclude<Tab, "planned">) =>
  infiniteQueryOptions({
    queryKey: ["jobs", "list", tab],
    queryFn: ({ pageParam, signal }) =>
      listJobs({ query: { ...asks[tab], limit: 25, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const plannedQuery = queryOptions({
  queryKey: ["jobs", "planned"],
  queryFn: ({ signal }) => listPlanned({ signal }),
});

export const jobItemsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["jobs", "items", id],
    queryFn: ({ pageParam, signal }) =>
      listJobItems({ path: { job_id: id }, query: { limit: 25, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
