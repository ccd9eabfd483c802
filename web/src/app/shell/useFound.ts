import { useDebouncedValue } from "@mantine/hooks";
import { IconNotebook, IconPackage } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { listListings, listOrders } from "@/api/sdk.gen";
import type { Command } from "@/shared/commands/commands";
import { useFormat } from "@/shared/format/format";
import { roomOf } from "@/shared/goods/room";

const leastLetters = 2;
const pauseMilliseconds = 180;

/** What the catalogue and the inbox hold for these words. */
export function useFound(query: string): Command[] {
  const format = useFormat();
  const navigate = useNavigate();
  const [words] = useDebouncedValue(query.trim(), pauseMilliseconds);
  const { data } = useQuery({
    queryKey: ["found", words],
    queryFn: async ({ signal }) => {
      const [listings, orders] = await Promise.all([
        listListings({ query: { q: words, limit: 6 }, signal }),
        listOrders({ query: { search: words, limit: 4 }, signal }),
      ]);
      return { listings: listings.items, orders: orders.items };
    },
    enabled: words.length >= leastLetters,
    placeholderData: keepPreviousData,
  });
  if (!data || query.trim().length < leastLetters) return [];
  return [
    ...data.listings.map((listing) => ({
      id: `found.${listing.id}`,
      group: "go" as const,
      label: listing.title || listing.reference,
      description: [listing.reference, listing.brand].filter(Boolean).join(" · "),
      icon: IconNotebook,
      run: () => void navigate({ to: roomOf(listing) }),
    })),
    ...data.orders.map((order) => ({
      id: `found.${order.id}`,
      group: "go" as const,
      label: order.buyer_name || order.number,
      description: `${order.number} · ${format.money(order.total_minor, order.currency)}`,
      icon: IconPackage,
      run: () => void navigate({ to: `/inbox/${order.id}` }),
    })),
  ];
}
