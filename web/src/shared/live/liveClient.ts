/** A fact that somebody may be watching, as the server tells it. */
export interface LiveEvent {
  seq: number;
  kind: string;
  entity: string;
  entity_id: string | null;
  revision: number | null;
  at: string;
  payload: Record<string, unknown>;
}

type Frame =
  | { type: "hello" | "alive"; seq: number }
  | ({ type: "event" } & LiveEvent)
  | { type: "replayed" | "nothing" | "snapshot_required" };

export interface LiveState {
  status: "connecting" | "live" | "offline";
  /** When we last heard from the server: what the page shows is as of then. */
  asOf?: Date;
  /** Since when there is no connection. */
  since?: Date;
}

export interface LiveOptions {
  ticket(): Promise<string>;
  open(url: string): WebSocket;
  onEvent(event: LiveEvent): void;
  /** Too much was missed to be replayed: everything shown must be read again. */
  onSnapshotRequired(): void;
  onState(state: LiveState): void;
}

const firstDelay = 500;
const longestDelay = 15_000;

/** Keeps one socket open: single-use ticket, resume after the last sequence seen, growing pauses with jitter. */
export class LiveClient {
  private socket: WebSocket | undefined;
  private timer: number | undefined;
  private seq: number | undefined;
  private failures = 0;
  private stopped = true;
  private state: LiveState = { status: "connecting" };

  constructor(private readonly options: LiveOptions) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    window.clearTimeout(this.timer);
    this.socket?.close();
    this.socket = undefined;
  }

  /** The browser says that it is online again: do not wait out the pause. */
  hurry(): void {
    if (this.stopped || this.socket) return;
    window.clearTimeout(this.timer);
    void this.connect();
  }

  private async connect(): Promise<void> {
    try {
      const ticket = await this.options.ticket();
      if (this.stopped) return;
      const query = new URLSearchParams({ ticket });
      if (this.seq !== undefined) query.set("since", String(this.seq));
      const scheme = window.location.protocol === "https:" ? "wss" : "ws";
      const socket = this.options.open(`${scheme}://${window.location.host}/ws?${query}`);
      socket.onmessage = (message) => this.receive(JSON.parse(String(message.data)) as Frame);
      socket.onclose = () => this.lost();
      this.socket = socket;
    } catch {
      this.lost(); // no ticket: signed out or out of reach, and both are tried again
    }
  }

  private receive(frame: Frame): void {
    this.failures = 0;
    this.become({ status: "live", asOf: new Date() });
    if (frame.type === "event") {
      if (this.seq !== undefined && frame.seq <= this.seq) return;
      this.seq = frame.seq;
      this.options.onEvent(frame);
    } else if (frame.type === "hello") {
      this.seq ??= frame.seq;
    } else if (frame.type === "snapshot_required") {
      this.seq = undefined;
      this.options.onSnapshotRequired();
    }
  }

  private lost(): void {
    this.socket = undefined;
    if (this.stopped) return;
    this.failures += 1;
    if (this.failures > 1 || this.state.status === "live") {
      this.become({ status: "offline", asOf: this.state.asOf, since: this.state.since ?? new Date() });
    }
    const pause = Math.min(longestDelay, firstDelay * 2 ** (this.failures - 1));
    this.timer = window.setTimeout(() => void this.connect(), pause * (0.75 + Math.random() / 2));
  }

  private become(state: LiveState): void {
    this.state = state;
    this.options.onState(state);
  }
}
