import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  getJob,
  listImports,
  listJobItems,
  listJobs,
  listPlanned,
  listPublications,
  publish,
  undoImport,
  withdraw,
} from "@/api/sdk.gen";
import type { JobOut, ListJobsData, PublicationOut } from "@/api/types.gen";
import { groupBy } from "@/shared/lists/groupBy";

export const tabs = ["open", "done", "failed", "planned"] as const;
export type Tab = (typeof tabs)[number];
export type Lane = JobOut["lane"];
export const lanes: Lane[] = ["now", "normal", "bulk", "outside"];

const asks: Record<Exclude<Tab, "planned">, NonNullable<ListJobsData["query"]>> = {
  open: { status: ["waiting", "leased", "paused"] },
  done: { status: ["done"] },
  failed: { outcome: ["failed", "error"] },
};

export const jobsQuery = (tab: Exclude<Tab, "planned">, lane: Lane | undefined) =>
  infiniteQueryOptions({
    queryKey: ["jobs", "list", tab, lane],
    queryFn: ({ pageParam, signal }) =>
      listJobs({ query: { ...asks[tab], lane: lane && [lane], limit: 25, cursor: pageParam }, signal }),
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

const longestChain = 5;

/** The jobs that led to this one, the first cause first, the job itself last. */
export const chainQuery = (job: JobOut) =>
  queryOptions({
    queryKey: ["jobs", "chain", job.id, job.finished_at],
    queryFn: async ({ signal }) => {
      const chain = [job];
      while (chain[0]?.cause.kind === "job" && chain.length < longestChain) {
        const before = await getJob({ path: { job_id: String(chain[0].cause.id) }, signal }).catch(
          () => null,
        );
        if (!before) break; // tidied away since
        chain.unshift(before);
      }
      return chain;
    },
    initialData: [job],
    staleTime: 0,
  });

/** The imports that can be undone now, by the job that did them. */
export const undoableImportsQuery = queryOptions({
  queryKey: ["imports", "undoable"],
  queryFn: async ({ signal }) => {
    const { items } = await listImports({ query: { limit: 200 }, signal });
    return new Map(items.filter((row) => row.steps.includes("undo")).map((row) => [row.job_id, row.id]));
  },
});

async function publicationsOf(run: string, states: string[] | undefined): Promise<PublicationOut[]> {
  const found: PublicationOut[] = [];
  let cursor: string | undefined;
  do {
    const page = await listPublications({ query: { run_id: run, state: states, limit: 200, cursor } });
    found.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return found;
}

type Wished = "publish" | "withdraw";

/** Has what a run did undone, or its refused ones sent again; what a later run took up since is left to that one. */
export function useWishForRun() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ run, wish, states }: { run: string; wish: Wished; states?: string[] }) => {
      const rows = await publicationsOf(run, states);
      const byConnection = groupBy(rows, (row) => row.connection_id);
      for (const [connection, some] of byConnection) {
        const body = { listing_ids: some.map((row) => row.listing_id), connection_ids: [connection] };
        const headers = { "Idempotency-Key": crypto.randomUUID() };
        await (wish === "publish" ? publish({ body, headers }) : withdraw({ body, headers }));
      }
      return rows.length;
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
}

export function useUndoImport() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      undoImport({ path: { import_id: id }, headers: { "Idempotency-Key": crypto.randomUUID() } }),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
