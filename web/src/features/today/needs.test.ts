import { expect, it } from "vitest";
import type { ConnectionOut } from "@/api/types.gen";
import { needsOf } from "@/features/today/needs";

const connection = (state: string) =>
  ({ id: state, state, checked_at: null, connected_at: "2026-11-21T08:00:00Z" }) as ConnectionOut;
const nothing = { connections: [], orders: {}, publications: {}, failedJobs: 0 };

it("nothing needs a hand where all is well", () => {
  expect(
    needsOf({
      ...nothing,
      connections: [connection("callable"), connection("paused")],
      orders: { shipped: 4 },
    }),
  ).toEqual([]);
});

it("puts first what is lost by waiting", () => {
  const needs = needsOf({
    connections: [connection("unreachable"), connection("refused")],
    orders: { to_ship: 6, cancel_requested: 1 },
    publications: { rejected: 3, live: 605, differs: 2 },
    failedJobs: 1,
  });
  expect(needs.map((need) => need.kind)).toEqual([
    "refused",
    "cancel",
    "ship",
    "rejected",
    "differs",
    "failed",
    "unreachable",
  ]);
});

it("says how long the oldest order waits to be shipped", () => {
  const [ship] = needsOf({ ...nothing, orders: { to_ship: 2 }, toShipSince: "2026-11-20T08:00:00Z" });
  expect(ship).toMatchObject({ kind: "ship", since: "2026-11-20T08:00:00Z" });
});

it("says how many listings wait with a connection, without those that left", () => {
  const standings = new Map([["refused", { live: 38, differs: 3, withdrawn: 7, ended: 1 }]]);
  const [refused] = needsOf({ ...nothing, connections: [connection("refused")], standings });
  expect(refused).toMatchObject({ kind: "refused", listings: 41 });
});
