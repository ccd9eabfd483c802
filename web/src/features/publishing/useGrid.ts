import { useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ConnectionOut } from "@/api/types.gen";
import { gridListingsQuery, standingsQuery } from "@/features/publishing/api/grid";
import { cellOf, type GridCell } from "@/features/publishing/cells";
import { useBasket, type BasketRow } from "@/shared/basket/basket";
import { connectionsQuery } from "@/shared/connections/connections";
import { useNow } from "@/shared/format/clock";
import { preflightQuery } from "@/shared/publications/publications";

const noRows: BasketRow[] = [];

/** Listings down, connections across: from the picked ones or from the whole catalogue. */
export function useGrid(from: "basket" | "catalogue", words: string) {
  const now = useNow();
  const basket = useBasket();
  const { data: allConnections, error: connectionsError } = useQuery(connectionsQuery);
  const listings = useInfiniteQuery({ ...gridListingsQuery(words), enabled: from === "catalogue" });
  const connections = useMemo(
    () => (allConnections ?? []).filter((one: ConnectionOut) => one.state !== "disconnected"),
    [allConnections],
  );
  const pages = listings.data?.pages;
  const rows = useMemo(() => {
    if (from === "basket") {
      const fits = (row: BasketRow) =>
        `${row.title} ${row.reference}`.toLocaleLowerCase().includes(words.toLocaleLowerCase());
      return words ? basket.rows.filter(fits) : basket.rows;
    }
    return pages
      ? pages.flatMap((page) =>
          page.items.map((row): BasketRow => ({
            id: row.id,
            title: row.title || row.reference,
            reference: row.reference,
            thumb: row.thumb,
            brand: row.brand,
          })),
        )
      : noRows;
  }, [from, basket, pages, words]);

  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const connectionIds = useMemo(() => connections.map((one) => one.id), [connections]);
  const preflight = useQuery(preflightQuery(ids, connectionIds));
  const standings = useQueries({
    queries: connections.map((one) => standingsQuery(one.id, ids)),
    combine: (results) => results.map((result) => result.data),
  });
  const cells = useMemo(() => {
    const found = new Map<string, GridCell>();
    const asked = new Map(
      (preflight.data ?? []).map((row) => [`${row.listing_id}/${row.connection_id}`, row]),
    );
    connections.forEach((connection, at) => {
      for (const id of ids) {
        const key = `${id}/${connection.id}`;
        const cell = cellOf(standings[at]?.get(id), asked.get(key), now);
        if (cell) found.set(key, cell);
      }
    });
    return found;
  }, [ids, connections, preflight.data, standings, now]);

  return {
    rows,
    connections,
    total: from === "basket" ? basket.ids.length : (pages?.[0]?.total ?? rows.length),
    cellAt: (listingId: string, connectionId: string) => cells.get(`${listingId}/${connectionId}`),
    isPending: from === "catalogue" ? listings.isPending : !allConnections && !connectionsError,
    isChecking: preflight.isFetching,
    checkedAt: preflight.dataUpdatedAt,
    error: connectionsError ?? listings.error ?? preflight.error,
    retry: () => void Promise.all([listings.refetch(), preflight.refetch()]),
    check: () => void preflight.refetch(),
    hasMore: from === "catalogue" && listings.hasNextPage,
    isLoadingMore: listings.isFetchingNextPage,
    loadMore: () => void listings.fetchNextPage(),
  };
}

export type Grid = ReturnType<typeof useGrid>;
