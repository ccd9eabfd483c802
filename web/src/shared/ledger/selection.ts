import { useCallback, useMemo, useState } from "react";

export interface Selection {
  ids: string[];
  size: number;
  /** All that match the filters, not only the rows on the page. */
  everything: boolean;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  setAll: (ids: string[], to: "on" | "off") => void;
  selectEverything: () => void;
  clear: () => void;
}

/** Which rows are picked. "Everything" stands for a filter and not for ids, and falls to nothing on the next pick. */
export function useSelection(): Selection {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [everything, setEverything] = useState(false);

  const setAll = useCallback((ids: string[], to: "on" | "off") => {
    setEverything(false);
    setPicked((before) => {
      const next = new Set(before);
      for (const id of ids) {
        if (to === "on") next.add(id);
        else next.delete(id);
      }
      return next;
    });
  }, []);
  const toggle = useCallback((id: string) => {
    setEverything(false);
    setPicked((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const clear = useCallback(() => {
    setEverything(false);
    setPicked(new Set());
  }, []);

  return useMemo(
    () => ({
      ids: [...picked],
      size: picked.size,
      everything,
      has: (id: string) => everything || picked.has(id),
      toggle,
      setAll,
      selectEverything: () => setEverything(true),
      clear,
    }),
    [picked, everything, toggle, setAll, clear],
  );
}
