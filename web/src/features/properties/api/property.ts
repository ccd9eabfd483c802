import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  acknowledgeWarning,
  createProperty,
  deleteProperty,
  getProperty,
  getRevision,
  listEnquiries,
  listPropertyHistory,
  listSimilar,
  patchProperty,
  restoreProperty,
  undoProperty,
  uploadMedia,
  withdrawAcknowledgement,
} from "@/api/sdk.gen";
import type { AcknowledgeBody, PropertyBody, PropertyOut, PropertyPatch } from "@/api/types.gen";

export const propertyQuery = (id: string) =>
  queryOptions({
    queryKey: ["properties", "one", id],
    queryFn: ({ signal }) => getProperty({ path: { property_id: id }, signal }),
  });

/** How much of the history is shown; older changes stay in the audit log. */
const latest = 100;

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ["properties", "history", id],
    queryFn: async ({ signal }) =>
      (await listPropertyHistory({ path: { property_id: id }, query: { limit: latest }, signal })).items,
  });

/** A revision never changes, so it is asked for once. */
export const revisionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ["revisions", id, number],
    queryFn: ({ signal }) => getRevision({ path: { listing_id: id, number }, signal }),
    staleTime: Infinity,
  });

export const similarQuery = (id: string) =>
  queryOptions({
    queryKey: ["properties", "similar", id],
    queryFn: async ({ signal }) =>
      (await listSimilar({ path: { property_id: id }, query: { limit: 5 }, signal })).items,
  });

export const enquiriesOfQuery = (id: string) =>
  queryOptions({
    queryKey: ["enquiries", "of", id],
    queryFn: ({ signal }) => listEnquiries({ query: { listing_id: id, limit: 50, total: true }, signal }),
  });

/** Changes of one property go one after the other, each on the revision that the one before made. */
function useChange<Input>(
  id: string,
  act: (input: Input, ifMatch: { "If-Match": string }) => Promise<PropertyOut>,
) {
  const queryClient = useQueryClient();
  const { queryKey } = propertyQuery(id);
  return useMutation({
    scope: { id: `property-${id}` },
    mutationFn: (input: Input) => {
      const known = queryClient.getQueryData(queryKey);
      return act(input, { "If-Match": known ? `"${known.revision}"` : "*" });
    },
    onSuccess: (property) => {
      queryClient.setQueryData(queryKey, property);
      void queryClient.invalidateQueries({
        predicate: ({ queryKey: [noun, which, of] }) =>
          noun === "properties" && (which !== "one" || of !== id),
      });
    },
  });
}

export const useSaveProperty = (id: string) =>
  useChange(id, (body: PropertyPatch, headers) =>
    patchProperty({ path: { property_id: id }, body, headers }),
  );
export const useUndo = (id: string) =>
  useChange(id, (to: number, headers) => undoProperty({ path: { property_id: id }, body: { to }, headers }));
export const useArchive = (id: string) =>
  useChange<void>(id, (_, headers) => deleteProperty({ path: { property_id: id }, headers }));
export const useRestore = (id: string) =>
  useChange<void>(id, () => restoreProperty({ path: { property_id: id } }));
export const useAcknowledge = (id: string) =>
  useChange(id, (body: AcknowledgeBody) => acknowledgeWarning({ path: { property_id: id }, body }));
export const useWithdraw = (id: string) =>
  useChange(id, (code: string) => withdrawAcknowledgement({ path: { property_id: id, code } }));

export const useUpload = () => useMutation({ mutationFn: (file: File) => uploadMedia({ body: { file } }) });

export function useCreateProperty() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: PropertyBody; key: string }) =>
      createProperty({ body, headers: { "Idempotency-Key": key } }),
    onSuccess: (property) => {
      queryClient.setQueryData(propertyQuery(property.id).queryKey, property);
      return queryClient.invalidateQueries({ queryKey: ["properties"] });
    },
  });
}
