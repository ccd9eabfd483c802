import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  getImport,
  listChanges,
  listImports,
  listRefusals,
  listTargets,
  putMapping,
  startImport,
  undoImport,
  uploadImport,
} from "@/api/sdk.gen";
import type { ImportDetail, MappingBody } from "@/api/types.gen";
import { authorisedFetch } from "@/shared/http/http";
import { problemFrom } from "@/shared/problems/problem";

const nextCursor = (page: { next_cursor?: string | null }) => page.next_cursor ?? undefined;
const firstPage = undefined as string | undefined;

export const importsQuery = infiniteQueryOptions({
  queryKey: ["imports", "list"],
  queryFn: ({ pageParam, signal }) => listImports({ query: { limit: 25, cursor: pageParam }, signal }),
  initialPageParam: firstPage,
  getNextPageParam: nextCursor,
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", "one", id],
    queryFn: ({ signal }) => getImport({ path: { import_id: id }, signal }),
  });

export const targetsQuery = queryOptions({
  queryKey: ["imports", "targets"],
  queryFn: ({ signal }) => listTargets({ signal }),
  staleTime: Infinity,
});

export const refusalsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["imports", "refusals", id],
    queryFn: ({ pageParam, signal }) =>
      listRefusals({ path: { import_id: id }, query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  });

export const changesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["imports", "changes", id],
    queryFn: ({ pageParam, signal }) =>
      listChanges({ path: { import_id: id }, query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  });

function useTake() {
  const queryClient = useQueryClient();
  return (found: ImportDetail) => {
    queryClient.setQueryData(importQuery(found.id).queryKey, found);
  };
}

export function useUploadImport() {
  const take = useTake();
  return useMutation({ mutationFn: (file: File) => uploadImport({ body: { file } }), onSuccess: take });
}

export function useChangeMapping(id: string) {
  const queryClient = useQueryClient();
  const take = useTake();
  return useMutation({
    // One after the other: each answer is the whole mapping.
    scope: { id: `mapping-${id}` },
    mutationFn: async (body: MappingBody) => {
      const { etag } = await queryClient.ensureQueryData(importQuery(id));
      return putMapping({ path: { import_id: id }, body, headers: { "If-Match": etag } });
    },
    onSuccess: take,
    onError: () => queryClient.invalidateQueries(importQuery(id)),
  });
}

function useStep<Input>(act: (input: Input) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      queryClient.invalidateQueries({
        predicate: (query) => ["imports", "jobs"].includes(String(query.queryKey[0])),
      }),
  });
}

export const useStartImport = (id: string) =>
  useStep((existing: "update" | "refuse") =>
    startImport({
      path: { import_id: id },
      body: { update_existing: existing === "update" },
      headers: { "Idempotency-Key": crypto.randomUUID() },
    }),
  );

export const useUndoImport = (id: string) =>
  useStep<void>(() =>
    undoImport({ path: { import_id: id }, headers: { "Idempotency-Key": crypto.randomUUID() } }),
  );

/** The refused rows as the file that the person mends; a plain link could not carry the token. */
export const useDownloadRefused = (id: string, fileName: string) =>
  useMutation({
    mutationFn: async () => {
      const response = await authorisedFetch(
        new URL(`/api/v1/imports/${id}/refused.csv`, window.location.origin),
      );
      if (!response.ok) throw problemFrom(await response.json().catch(() => undefined), response.status);
      const address = URL.createObjectURL(await response.blob());
      const link = Object.assign(document.createElement("a"), { href: address, download: fileName });
      link.click();
      URL.revokeObjectURL(address);
    },
  });
