import { expect, it } from "vitest";
import type { JobOut } from "@/api/types.gen";
import { isProven, paceOf, sharesOf, stateOf } from "@/shared/jobs/job";

const job = (change: Partial<JobOut>): JobOut => ({
  id: "1", kind: "publishing.run", label: "publish", lane: "normal", status: "leased", outcome: "", wish: "",
  run_at: "2026-11-21T09:00:00Z", attempts: 1, done: 0, total: 0, note: "", tallies: {}, problem: null, cause: {},
  parent_id: null, repeatable: false, created_at: "2026-11-21T09:00:00Z", leased_at: "2026-11-21T09:00:01Z", finished_at: null, ...change,
}); // prettier-ignore

const problem = { code: "channel.unavailable", message: "" };

it.each([
  [{ status: "done", outcome: "succeeded" }, "done"],
  [{ status: "done", outcome: "error" }, "failed"],
  [{ status: "leased", wish: "pause" }, "paused"],
  [{ status: "waiting", problem }, "unreachable"],
  [{ status: "waiting", leased_at: null }, "waiting"],
  [{ status: "waiting" }, "running"],
] as [Partial<JobOut>, string][])("%o is %s", (change, state) => {
  expect(stateOf(job(change))).toBe(state);
});

it("shows proven first and what is left last", () => {
  const shares = sharesOf(
    job({ total: 1000, done: 767, tallies: { sent: 143, unreachable: 3, live: 612, rejected: 9 } }),
  );
  expect(shares.map((share) => share.state)).toEqual(["live", "sent", "rejected", "unreachable", "wanted"]);
  expect(shares.at(-1)?.count).toBe(233);
});

it("a job without tallies shows how far it is", () => {
  expect(sharesOf(job({ total: 10, done: 4 }))).toEqual([
    { state: "done", count: 4 },
    { state: "wanted", count: 6 },
  ]);
});

it("tells pace and end from what was done so far", () => {
  const pace = paceOf(job({ total: 100, done: 50 }), Date.parse("2026-11-21T09:10:00Z"));
  expect(pace?.perMinute).toBe(5);
  expect(pace?.endsAt.toISOString()).toBe("2026-11-21T09:20:00.000Z");
});

it.each([
  [{ live: 24 }, true],
  [{ live: 23, rejected: 1 }, false],
  [{ withdrawn: 3 }, false],
  [{}, false],
])("what ended with %o is green: %s", (tallies, green) => {
  expect(isProven(job({ status: "done", outcome: "succeeded", tallies }))).toBe(green);
});
