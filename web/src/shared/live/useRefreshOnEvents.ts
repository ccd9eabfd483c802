import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useLiveConnection, useLiveEvents } from "@/shared/live/live";
import type { LiveEvent } from "@/shared/live/liveClient";

/** A burst of events is one reading: an import tells of thousands of rows. */
const gatherMilliseconds = 300;

/** Which queries to read again for an entity, by the first word of their keys: `order: ["orders", "listings"]`. */
export type NounsByEntity = Record<string, string[]>;

/** Reads again whatever is shown and no longer true, as events arrive. */
export function useRefreshOnEvents(nounsByEntity: NounsByEntity): void {
  const queryClient = useQueryClient();
  const waiting = useRef(new Set<string>());
  const timer = useRef<number | undefined>(undefined);

  const flush = useCallback(() => {
    const nouns = new Set<unknown>(waiting.current);
    waiting.current.clear();
    timer.current = undefined;
    void queryClient.invalidateQueries({ predicate: (query) => nouns.has(query.queryKey[0]) });
  }, [queryClient]);

  const hear = useCallback(
    (event: LiveEvent) => {
      for (const noun of nounsByEntity[event.entity] ?? []) waiting.current.add(noun);
      timer.current ??= window.setTimeout(flush, gatherMilliseconds);
    },
    [nounsByEntity, flush],
  );
  const reset = useCallback(() => void queryClient.invalidateQueries(), [queryClient]);

  useEffect(() => () => window.clearTimeout(timer.current), []);
  useLiveEvents(hear);
  useLiveConnection(reset);
}
