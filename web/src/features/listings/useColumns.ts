import { useLocalStorage } from "@mantine/hooks";

/** Columns that a person may do without. */
export const hideable = ["price", "stock", "channels", "proof", "changed"] as const;
export type ColumnId = (typeof hideable)[number];

export interface Hidden {
  has: (id: string) => boolean;
  toggle: (id: ColumnId) => void;
}

/** Which columns of the list are hidden, kept by this browser. */
export function useHiddenColumns(): Hidden {
  const [ids, setIds] = useLocalStorage<ColumnId[]>({ key: "kontor.listings.hidden", defaultValue: [] });
  return {
    has: (id) => ids.some((one) => one === id),
    toggle: (id) =>
      setIds((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id])),
  };
}
