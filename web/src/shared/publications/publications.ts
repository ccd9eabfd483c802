import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { listPublications, preflight, publish, resolveDoubt, retry, withdraw } from "@/api/sdk.gen";
import type { PreflightRow, PublishIn } from "@/api/types.gen";

export const publicationsOfQuery = (listingId: string) =>
  queryOptions({
    queryKey: ["publications", "of", listingId],
    queryFn: async ({ signal }) =>
      (await listPublications({ query: { listing_id: listingId, limit: 200 }, signal })).items,
  });

/** The server takes this many listings in one preflight. */
const mostListings = 200;

/** What stands in the way of each listing on each connection; asked without calling any channel. */
export async function preflightAll(
  listingIds: string[],
  connectionIds: string[],
  signal?: AbortSignal,
): Promise<PreflightRow[]> {
  const rows: PreflightRow[] = [];
  if (connectionIds.length === 0) return rows;
  for (let at = 0; at < listingIds.length; at += mostListings) {
    const body = { listing_ids: listingIds.slice(at, at + mostListings), connection_ids: connectionIds };
    rows.push(...(await preflight({ body, signal })).rows);
  }
  return rows;
}

export const preflightQuery = (listingIds: string[], connectionIds: string[]) =>
  queryOptions({
    queryKey: ["preflight", listingIds, connectionIds],
    queryFn: ({ signal }) => preflightAll(listingIds, connectionIds, signal),
    enabled: listingIds.length > 0 && connectionIds.length > 0,
    placeholderData: keepPreviousData,
  });

const after = ["publications", "listings", "jobs", "preflight"];

function useAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      queryClient.invalidateQueries({ predicate: (query) => after.includes(String(query.queryKey[0])) }),
  });
}

/** A wish with the key of its press: a repeat after a lost answer wishes nothing twice. */
export interface Wish {
  body: PublishIn;
  key: string;
}

export const wish = (listingIds: string[], connectionIds: string[]): Wish => ({
  body: { listing_ids: listingIds, connection_ids: connectionIds },
  key: crypto.randomUUID(),
});

/** Each connection gets exactly its own listings: what is there already is not sent again. */
export const usePublishPairs = () =>
  useAct(async (wishes: Wish[]) => {
    const answers = [];
    for (const { body, key } of wishes) {
      answers.push(await publish({ body, headers: { "Idempotency-Key": key } }));
    }
    return {
      wanted: answers.reduce((sum, answer) => sum + answer.wanted, 0),
      blocked: answers.flatMap((answer) => answer.blocked),
    };
  });

export const usePublish = () =>
  useAct(({ body, key }: Wish) => publish({ body, headers: { "Idempotency-Key": key } }));
export const useWithdraw = () =>
  useAct(({ body, key }: Wish) => withdraw({ body, headers: { "Idempotency-Key": key } }));
export const useRetry = () => useAct((id: string) => retry({ path: { publication_id: id } }));
export const useResolveDoubt = () =>
  useAct(({ id, happened }: { id: string; happened: boolean }) =>
    resolveDoubt({ path: { publication_id: id }, body: { happened } }),
  );
