import { useEffect, useSyncExternalStore } from "react";
import { fetchJson } from "@/shared/http/http";
import { LiveClient, type LiveEvent, type LiveState } from "@/shared/live/liveClient";

let state: LiveState = { status: "connecting" };
const watchers = new Set<() => void>();
const hearers = new Set<(event: LiveEvent) => void>();
const resetters = new Set<() => void>();

const client = new LiveClient({
  ticket: async () =>
    (await fetchJson<{ ticket: string }>("/api/v1/live/tickets", { method: "POST" })).ticket,
  open: (url) => new WebSocket(url),
  onEvent: (event) => hearers.forEach((hear) => hear(event)),
  onSnapshotRequired: () => resetters.forEach((reset) => reset()),
  onState: (next) => {
    state = next;
    watchers.forEach((watch) => watch());
  },
});

function watchState(listener: () => void): () => void {
  watchers.add(listener);
  return () => watchers.delete(listener);
}

/** Whether what is shown is true right now, and as of when. */
export const useLiveState = (): LiveState => useSyncExternalStore(watchState, () => state);

/** Calls `hear` for each fact that arrives while the component is shown. */
export function useLiveEvents(hear: (event: LiveEvent) => void): void {
  useEffect(() => {
    hearers.add(hear);
    return () => void hearers.delete(hear);
  }, [hear]);
}

/** Runs the socket while somebody is signed in; `reset` is called when too much was missed. */
export function useLiveConnection(reset: () => void): void {
  useEffect(() => {
    resetters.add(reset);
    client.start();
    const hurry = () => client.hurry();
    window.addEventListener("online", hurry);
    return () => {
      resetters.delete(reset);
      window.removeEventListener("online", hurry);
      client.stop();
    };
  }, [reset]);
}
