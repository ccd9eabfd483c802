import { useCallback } from "react";
import { currentSession, refreshSession } from "@/shared/auth/session";
import { useLiveEvents } from "@/shared/live/live";
import type { LiveEvent } from "@/shared/live/liveClient";

/** Somebody changed my role or the business's name: the next token, and with it the shell, says so. */
export function useOwnChanges(): void {
  useLiveEvents(
    useCallback(({ kind, entity_id: id }: LiveEvent) => {
      const session = currentSession();
      if (session.status !== "signedIn") return;
      const isMe = kind === "person.changed" && id === session.user.id;
      if (isMe || kind === "tenant.changed") void refreshSession();
    }, []),
  );
}
