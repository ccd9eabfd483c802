import { useMutation, useQueryClient } from "@tanstack/react-query";
import { bulkListings } from "@/api/sdk.gen";
import type { BulkBody, ListingFilter, PriceChange } from "@/api/types.gen";
import type { Filters, View } from "@/features/listings/api/listings";
import type { Selection } from "@/shared/ledger/selection";

const asked: Record<View, ListingFilter> = {
  all: {},
  problems: { problem: true },
  drafts: { status: ["draft"] },
  out: { in_stock: false },
  archived: { status: ["archived"] },
};

interface Bulk {
  action: BulkBody["action"];
  selection: Selection;
  price?: PriceChange;
}

/** One change for the picked ids, or for exactly the list on the screen. */
export function useBulk(filters: Filters) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ action, selection, price }: Bulk) => {
      const filter: ListingFilter = {
        ...asked[filters.view],
        q: filters.q,
        connection: filters.connection,
        channel_state: filters.state,
        brand: filters.brand,
      };
      return bulkListings({
        body: { action, price, ...(selection.everything ? { filter } : { ids: selection.ids }) },
      });
    },
    onSettled: () =>
      queryClient.invalidateQueries({
        predicate: (query) => ["listings", "jobs"].includes(String(query.queryKey[0])),
      }),
  });
}
