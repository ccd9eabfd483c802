import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { authorize, check, choose, setUp, disconnect, listChannels, patchConnection } from "@/api/sdk.gen";
import type { AuthorizeBody, ConnectionEdit } from "@/api/types.gen";

export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: ({ signal }) => listChannels({ signal }),
  staleTime: Infinity,
});

/** Leaves for the channel's consent page; the person comes back to `return_to`. */
export const useAuthorize = () =>
  useMutation({
    mutationFn: (body: AuthorizeBody) => authorize({ body }),
    onSuccess: ({ authorize_url }) => window.location.assign(authorize_url),
  });

function useAct<Input>(act: (input: Input) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["connections"] }),
  });
}

export const useCheck = (id: string) => useAct<void>(() => check({ path: { connection_id: id } }));
export const useCreateMissing = (id: string) =>
  useAct((code: string) => setUp({ path: { connection_id: id }, body: { code } }));
export const useChoose = (id: string) =>
  useAct((settings: Record<string, string>) => choose({ path: { connection_id: id }, body: { settings } }));
export const useEditConnection = (id: string) =>
  useAct((body: ConnectionEdit) => patchConnection({ path: { connection_id: id }, body }));
export const useDisconnect = (id: string) => useAct<void>(() => disconnect({ path: { connection_id: id } }));
