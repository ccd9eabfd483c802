import { useCallback, useEffect } from "react";
import { getMe } from "@/api/sdk.gen";
import { currentSession, refreshSession } from "@/shared/auth/session";
import { useLiveEvents, useLiveState } from "@/shared/live/live";
import type { LiveEvent } from "@/shared/live/liveClient";

/** Between the token of this page and its first word from the socket, a change would go unheard. */
async function lookForMissed(): Promise<void> {
  const session = currentSession();
  if (session.status !== "signedIn") return;
  const { user, tenant } = await getMe();
  if (user.role !== session.user.role || tenant.name !== session.tenant.name) await refreshSession();
}

/** Somebody changed my role or the business's name: the next token, and with it the shell, says so. */
export function useOwnChanges(): void {
  const { status } = useLiveState();
  useEffect(() => {
    // What goes wrong here shows where it is needed: each page asks for itself.
    if (status === "live") lookForMissed().catch(() => undefined);
  }, [status]);
  useLiveEvents(
    useCallback(({ kind, entity_id: id }: LiveEvent) => {
      const session = currentSession();
      if (session.status !== "signedIn") return;
      const isMe = kind === "person.changed" && id === session.user.id;
      if (isMe || kind === "tenant.changed") void refreshSession();
    }, []),
  );
}
