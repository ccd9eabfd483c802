import { useSyncExternalStore } from "react";

/** The listings that were picked on one page to be published on another; too many for an address. */
const storageKey = "kontor.basket";
const listeners = new Set<() => void>();

function load(): string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === "string") : [];
  } catch {
    return [];
  }
}

let ids = load();

export function setBasket(next: string[]): void {
  ids = next;
  sessionStorage.setItem(storageKey, JSON.stringify(next));
  for (const listener of listeners) listener();
}

export const useBasket = (): string[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ids,
  );
