import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LiveClient, type LiveState } from "@/shared/live/liveClient";

/** The browser's socket as far as the client uses it; the test plays the server. */
class Socket {
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor(readonly url: string) {}
  send(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  close() {
    this.onclose?.();
  }
}

function connected() {
  const sockets: Socket[] = [];
  const seen: number[] = [];
  const states: LiveState[] = [];
  let resets = 0;
  let tickets = 0;
  const client = new LiveClient({
    ticket: () => Promise.resolve(`t${++tickets}`),
    open: (url) => {
      const socket = new Socket(url);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    onEvent: (event) => seen.push(event.seq),
    onSnapshotRequired: () => (resets += 1),
    onState: (state) => states.push(state),
  });
  client.start();
  return { client, sockets, seen, states, resets: () => resets };
}

const event = (seq: number) => ({
  type: "event",
  seq,
  kind: "changed",
  entity: "order",
  entity_id: "1",
  payload: {},
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("hears each fact once, in order", async () => {
  const { sockets, seen } = connected();
  await vi.advanceTimersByTimeAsync(0);
  sockets[0]!.send({ type: "hello", seq: 7 });
  for (const seq of [8, 9, 9, 8, 10]) sockets[0]!.send(event(seq));
  expect(seen).toEqual([8, 9, 10]);
});

it("comes back with a new ticket and asks for what it missed", async () => {
  const { sockets, states } = connected();
  await vi.advanceTimersByTimeAsync(0);
  sockets[0]!.send({ type: "hello", seq: 7 });
  sockets[0]!.send(event(8));
  sockets[0]!.close();
  expect(states.at(-1)?.status).toBe("offline");
  await vi.advanceTimersByTimeAsync(1000);
  expect(new URL(sockets[1]!.url).searchParams.get("ticket")).toBe("t2");
  expect(new URL(sockets[1]!.url).searchParams.get("since")).toBe("8");
  sockets[1]!.send({ type: "nothing" });
  expect(states.at(-1)?.status).toBe("live");
});

it("reads everything again when too much was missed", async () => {
  const { sockets, seen, resets } = connected();
  await vi.advanceTimersByTimeAsync(0);
  sockets[0]!.send({ type: "hello", seq: 900 });
  sockets[0]!.send({ type: "snapshot_required" });
  sockets[0]!.send(event(12));
  expect(resets()).toBe(1);
  expect(seen).toEqual([12]);
});

it("a stopped client stays silent", async () => {
  const { client, sockets } = connected();
  await vi.advanceTimersByTimeAsync(0);
  client.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(1);
});
