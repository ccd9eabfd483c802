import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  getDelivery,
  listApiKeys,
  listAuditEntries,
  listDeliveries,
  listEndpoints,
  listEventTypes,
  makeApiKey,
  makeEndpoint,
  patchEndpoint,
  removeEndpoint,
  replayDelivery,
  revokeApiKey,
  rotateSecret,
  testEndpoint,
} from "@/api/sdk.gen";
import type { EndpointEdit, EndpointIn, EndpointOut, KeyIn, ListAuditEntriesData } from "@/api/types.gen";

export const keysQuery = infiniteQueryOptions({
  queryKey: ["keys"],
  queryFn: ({ pageParam, signal }) => listApiKeys({ query: { cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const endpointsQuery = queryOptions({
  queryKey: ["webhooks", "endpoints"],
  queryFn: ({ signal }) => listEndpoints({ query: { limit: 100 }, signal }),
});

export const eventTypesQuery = queryOptions({
  queryKey: ["webhooks", "types"],
  queryFn: ({ signal }) => listEventTypes({ signal }),
  staleTime: Infinity,
});

export const deliveriesQuery = (endpointId: string) =>
  infiniteQueryOptions({
    queryKey: ["webhooks", "deliveries", endpointId],
    queryFn: ({ pageParam, signal }) =>
      listDeliveries({ path: { endpoint_id: endpointId }, query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ["webhooks", "delivery", id],
    queryFn: ({ signal }) => getDelivery({ path: { delivery_id: id }, signal }),
  });

export type AuditAsked = Omit<NonNullable<ListAuditEntriesData["query"]>, "cursor" | "limit" | "total">;

export const auditQuery = (asked: AuditAsked) =>
  infiniteQueryOptions({
    queryKey: ["audit", asked],
    queryFn: ({ pageParam, signal }) => listAuditEntries({ query: { ...asked, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

function useRead(noun: string) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: [noun] });
}

export function useMakeKey() {
  const onSuccess = useRead("keys");
  return useMutation({ mutationFn: (body: KeyIn) => makeApiKey({ body }), onSuccess });
}

export function useRevokeKey() {
  const onSettled = useRead("keys");
  return useMutation({ mutationFn: (id: string) => revokeApiKey({ path: { key_id: id } }), onSettled });
}

export function useMakeEndpoint() {
  const onSuccess = useRead("webhooks");
  return useMutation({
    mutationFn: ({ body, key }: { body: EndpointIn; key: string }) =>
      makeEndpoint({ body, headers: { "Idempotency-Key": key } }),
    onSuccess,
  });
}

export function useChangeEndpoint() {
  const onSettled = useRead("webhooks");
  return useMutation({
    mutationFn: ({ endpoint, edit }: { endpoint: EndpointOut; edit: EndpointEdit }) =>
      patchEndpoint({
        path: { endpoint_id: endpoint.id },
        body: edit,
        headers: { "If-Match": endpoint.etag },
      }),
    onSettled,
  });
}

/** The deeds on one endpoint that need no more than its id. */
export function useEndpointDeeds(id: string) {
  const onSettled = useRead("webhooks");
  const path = { endpoint_id: id };
  return {
    test: useMutation({ mutationFn: () => testEndpoint({ path }), onSettled }),
    rotate: useMutation({ mutationFn: () => rotateSecret({ path }), onSettled }),
    remove: useMutation({ mutationFn: () => removeEndpoint({ path }), onSettled }),
  };
}

export function useReplay() {
  const onSettled = useRead("webhooks");
  return useMutation({
    mutationFn: (id: string) => replayDelivery({ path: { delivery_id: id } }),
    onSettled,
  });
}
