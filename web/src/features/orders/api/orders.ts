import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { fetchOrders, getOrder, listOrders, orderHistory, ship, tellAgain } from "@/api/sdk.gen";
import type { OrderDetail, OrderOut, ShipIn } from "@/api/types.gen";

export type OrderState = OrderOut["state"];

export const tabs = ["open", "unpaid", "shipped", "all"] as const;
export type Tab = (typeof tabs)[number];

/** What each tab asks for; a wish to cancel needs a hand and stands with the open ones. */
export const statesOf: Record<Tab, OrderState[] | undefined> = {
  open: ["to_ship", "cancel_requested"],
  unpaid: ["unpaid"],
  shipped: ["shipped"],
  all: undefined,
};

export const ordersQuery = (tab: Tab, search: string) =>
  infiniteQueryOptions({
    queryKey: ["orders", "list", tab, search],
    queryFn: ({ pageParam, signal }) =>
      listOrders({ query: { state: statesOf[tab], search: search || undefined, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", "one", id],
    queryFn: ({ signal }) => getOrder({ path: { order_id: id }, signal }),
  });

export const orderHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", "history", id],
    queryFn: ({ signal }) => orderHistory({ path: { order_id: id }, signal }),
  });

/** Puts the answer where the page reads it, and has the lists read again. */
function useTakeOrder() {
  const queryClient = useQueryClient();
  return (order: OrderDetail) => {
    queryClient.setQueryData(orderQuery(order.id).queryKey, order);
    return queryClient.invalidateQueries({ queryKey: ["orders"] });
  };
}

export function useShip(id: string) {
  const take = useTakeOrder();
  return useMutation({
    // One key for one press: a repeat after a lost answer ships nothing twice.
    mutationFn: ({ body, key }: { body: ShipIn; key: string }) =>
      ship({ path: { order_id: id }, body, headers: { "Idempotency-Key": key } }),
    onSuccess: take,
  });
}

export function useTellAgain(id: string) {
  const take = useTakeOrder();
  return useMutation({
    mutationFn: (shipmentId: string) => tellAgain({ path: { order_id: id, shipment_id: shipmentId } }),
    onSuccess: take,
  });
}

export const useFetchOrders = () => useMutation({ mutationFn: () => fetchOrders() });
