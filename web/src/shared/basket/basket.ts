import { useSyncExternalStore } from "react";

/** A picked listing as another page shows it before it has asked for more. */
export interface BasketRow {
  id: string;
  title: string;
  reference: string;
  thumb: string | null;
  brand: string;
}

/** The listings that were picked on one page to be published on another; too many for an address. */
export interface Basket {
  ids: string[];
  /** The first of them, for showing. */
  rows: BasketRow[];
}

const storageKey = "kontor.basket";
const mostRows = 1000;
const empty: Basket = { ids: [], rows: [] };
const listeners = new Set<() => void>();

function load(): Basket {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? "null") as Basket | null;
    return Array.isArray(stored?.ids) && Array.isArray(stored.rows) ? stored : empty;
  } catch {
    return empty;
  }
}

let basket = load();

export function setBasket(rows: BasketRow[]): void {
  const shown = rows
    .slice(0, mostRows)
    .map(({ id, title, reference, thumb, brand }) => ({ id, title, reference, thumb, brand }));
  basket = { ids: rows.map((row) => row.id), rows: shown };
  sessionStorage.setItem(storageKey, JSON.stringify(basket));
  for (const listener of listeners) listener();
}

export const useBasket = (): Basket =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => basket,
  );
