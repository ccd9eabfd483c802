import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  askErasure,
  askExport,
  cancelErasure,
  linkExport,
  listErasures,
  listExports,
  removeExport,
} from "@/api/sdk.gen";
import type { AskErasureData, ExportIn } from "@/api/types.gen";

/** While a job writes an export, the list looks again by itself. */
const lookAgainMilliseconds = 3000;

export const exportsQuery = queryOptions({
  queryKey: ["privacy", "exports"],
  queryFn: ({ signal }) => listExports({ signal }),
  refetchInterval: ({ state }) =>
    state.data?.items.some((row) => row.state === "running") ? lookAgainMilliseconds : false,
});

export const erasuresQuery = queryOptions({
  queryKey: ["privacy", "erasures"],
  queryFn: ({ signal }) => listErasures({ signal }),
  refetchInterval: ({ state }) =>
    state.data?.items.some((row) => row.state === "running") ? lookAgainMilliseconds : false,
});

function useRead() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ["privacy"] });
}

export function useAskExport() {
  const onSettled = useRead();
  return useMutation({
    mutationFn: (subject: ExportIn["subject"]) =>
      askExport({ body: { subject }, headers: { "Idempotency-Key": crypto.randomUUID() } }),
    onSettled,
  });
}

/** Leads the browser to the file by a link that lives for some minutes. */
export const useFetchExport = () =>
  useMutation({
    mutationFn: (id: string) => linkExport({ path: { export_id: id } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });

export function useRemoveExport() {
  const onSettled = useRead();
  return useMutation({ mutationFn: (id: string) => removeExport({ path: { export_id: id } }), onSettled });
}

export function useAskErasure() {
  const onSettled = useRead();
  return useMutation({ mutationFn: (body: AskErasureData["body"]) => askErasure({ body }), onSettled });
}

export function useCancelErasure() {
  const onSettled = useRead();
  return useMutation({ mutationFn: (id: string) => cancelErasure({ path: { erasure_id: id } }), onSettled });
}
