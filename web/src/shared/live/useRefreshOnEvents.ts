import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useLiveConnection, useLiveEvents } from "@/shared/live/live";
import type { LiveEvent } from "@/shared/live/liveClient";

/** A burst of events is one reading: an import tells of thousands of rows. */
const gatherMilliseconds = 200;

/** Query tags to read again for an entity kind, e.g. `order: ["orders", "listings"]`. */
export type TagsByEntity = Record<string, string[]>;

interface TaggedKey {
  tags?: readonly string[];
}

/** Reads again whatever is shown and no longer true, as events arrive. */
export function useRefreshOnEvents(tagsByEntity: TagsByEntity): void {
  const queryClient = useQueryClient();
  const waiting = useRef(new Set<string>());
  const timer = useRef<number | undefined>(undefined);

  const flush = useCallback(() => {
    const tags = new Set(waiting.current);
    waiting.current.clear();
    timer.current = undefined;
    void queryClient.invalidateQueries({
      predicate: (query) => {
        const key = query.queryKey[0] as TaggedKey | undefined;
        return key?.tags?.some((tag) => tags.has(tag)) ?? false;
      },
    });
  }, [queryClient]);

  const hear = useCallback(
    (event: LiveEvent) => {
      for (const tag of tagsByEntity[event.entity] ?? [event.entity]) waiting.current.add(tag);
      timer.current ??= window.setTimeout(flush, gatherMilliseconds);
    },
    [tagsByEntity, flush],
  );
  const reset = useCallback(() => void queryClient.invalidateQueries(), [queryClient]);

  useEffect(() => () => window.clearTimeout(timer.current), []);
  useLiveEvents(hear);
  useLiveConnection(reset);
}
