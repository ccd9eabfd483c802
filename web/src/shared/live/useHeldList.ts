import { useCallback, useState } from "react";

export interface HeldList<Row> {
  shown: Row[];
  /** How many have arrived and are held back. */
  fresh: number;
  release: () => void;
}

/**
 * Lists never jump under the hand: while `held`, rows change in place, but new ones wait until they are released.
 * Rows that left the list leave at once: acting on them would fail.
 */
export function useHeldList<Row>(rows: Row[], idOf: (row: Row) => string, held: boolean): HeldList<Row> {
  const [known, setKnown] = useState<ReadonlySet<string>>();
  const release = useCallback(() => setKnown(undefined), []);
  if (held && !known) setKnown(new Set(rows.map(idOf)));
  if (!held && known) setKnown(undefined);
  // Older rows are added at the end by paging and are no news.
  const lastKnown = known ? rows.findLastIndex((row) => known.has(idOf(row))) : -1;
  const isFresh = (row: Row, at: number) =>
    held && known !== undefined && at < lastKnown && !known.has(idOf(row));
  const shown = rows.filter((row, at) => !isFresh(row, at));
  return { shown, fresh: rows.length - shown.length, release };
}
