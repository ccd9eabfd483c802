import type { ConnectionOut } from "@/api/types.gen";

export interface Need {
  /** What it is, for words and look. */
  kind:
    | "refused"
    | "cancel"
    | "ship"
    | "choice"
    | "rejected"
    | "doubt"
    | "differs"
    | "expiring"
    | "unreachable"
    | "failed";
  count: number;
  connection?: ConnectionOut;
  /** How many listings are on the connection, and wait with it. */
  listings?: number;
  since?: string | null;
  to: string;
  search?: Record<string, string | undefined>;
}

/** By what is lost by waiting, not by time. */
const order: Need["kind"][] = [
  "refused",
  "cancel",
  "ship",
  "choice",
  "rejected",
  "doubt",
  "differs",
  "expiring",
  "failed",
  "unreachable",
];

export interface Facts {
  connections: ConnectionOut[];
  orders: Partial<Record<string, number>>;
  /** When the oldest order that is to be shipped was placed. */
  toShipSince?: string | null;
  /** Publications by state. */
  publications: Partial<Record<string, number>>;
  failedJobs: number;
  /** Publications by connection, by state. */
  standings?: Map<string, Partial<Record<string, number>>>;
}

const ofConnection = {
  refused: "refused",
  authorised: "choice",
  expiring: "expiring",
  unreachable: "unreachable",
} as const;

const gone = ["withdrawn", "ended"];

function standing(counts: Partial<Record<string, number>> = {}): number {
  return Object.entries(counts).reduce(
    (sum, [state, count]) => (gone.includes(state) ? sum : sum + (count ?? 0)),
    0,
  );
}

/** Everything that needs a hand now, dearest first. */
export function needsOf({
  connections,
  orders,
  toShipSince,
  publications,
  failedJobs,
  standings,
}: Facts): Need[] {
  const needs: Need[] = connections.flatMap((connection): Need[] => {
    const kind = ofConnection[connection.state as keyof typeof ofConnection];
    if (!kind) return [];
    const since = connection.checked_at ?? connection.connected_at;
    const listings = standing(standings?.get(connection.id));
    const search = { connection: connection.id };
    return [{ kind, count: 1, connection, listings, since, to: "/channels", search }];
  });
  const add = (
    kind: Need["kind"],
    count: number | undefined,
    to: string,
    more?: Pick<Need, "search" | "since">,
  ) => {
    if (count) needs.push({ kind, count, to, ...more });
  };
  add("cancel", orders.cancel_requested, "/inbox");
  add("ship", orders.to_ship, "/inbox", { since: toShipSince });
  add("rejected", publications.rejected, "/listings", { search: { state: "rejected" } });
  add("doubt", publications.in_doubt, "/listings", { search: { state: "in_doubt" } });
  add("differs", publications.differs, "/listings", { search: { state: "differs" } });
  add("failed", failedJobs, "/jobs", { search: { tab: "failed" } });
  return needs.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
