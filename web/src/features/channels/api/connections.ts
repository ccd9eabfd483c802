import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  authorize,
  check,
  choose,
  disconnect,
  listCalls,
  listChannels,
  patchConnection,
  setUp,
} from "@/api/sdk.gen";
import type { AuthorizeBody, ConnectionEdit, ConnectionOut } from "@/api/types.gen";

export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: ({ signal }) => listChannels({ signal }),
  staleTime: Infinity,
});

/** What was said to a channel for one account, the latest first. */
export const callsQuery = (connectionId: string) =>
  infiniteQueryOptions({
    queryKey: ["calls", connectionId],
    queryFn: ({ pageParam, signal }) =>
      listCalls({
        path: { connection_id: connectionId },
        query: { limit: 25, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
  });

/** Leaves for the channel's consent page; the person comes back to `return_to`. */
export const useAuthorize = () =>
  useMutation({
    mutationFn: (body: AuthorizeBody) => authorize({ body }),
    onSuccess: ({ authorize_url }) => window.location.assign(authorize_url),
  });

function useAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["connections"] }),
  });
}

export const useCheck = (id: string) => useAct<void, unknown>(() => check({ path: { connection_id: id } }));
export const useCreateMissing = (id: string) =>
  useAct((code: string) => setUp({ path: { connection_id: id }, body: { code } }));
export const useChoose = (id: string) =>
  useAct((settings: Record<string, string>) => choose({ path: { connection_id: id }, body: { settings } }));
/** Label, price rule, pause: as the account stood on the page. */
export const useEditConnection = ({ id, etag }: Pick<ConnectionOut, "id" | "etag">) =>
  useAct((body: ConnectionEdit) =>
    patchConnection({ path: { connection_id: id }, body, headers: { "If-Match": etag } }),
  );
export const useDisconnect = (id: string) =>
  useAct<void, unknown>(() => disconnect({ path: { connection_id: id } }));
