import { expect, it } from "vitest";
import type { PreflightRow, PublicationOut } from "@/api/types.gen";
import { cellOf } from "@/features/publishing/cells";

const now = Date.parse("2026-11-21T10:00:00Z");
const publication = (change: Partial<PublicationOut>) =>
  ({
    wanted: "live",
    state: "live",
    proved_at: "2026-11-21T09:58:00Z",
    fresh_for_seconds: 300,
    problems: [],
    warnings: [],
    ...change,
  }) as PublicationOut;
const preflight = (...severities: string[]): PreflightRow => ({
  listing_id: "l",
  connection_id: "c",
  ready: !severities.includes("error"),
  problems: severities.map((severity) => ({
    code: "x",
    message: "",
    field: "",
    params: {},
    fix: "",
    severity,
  })),
});

it.each([
  ["nothing stands in the way", undefined, preflight(), "ready", true],
  ["a warning stops nothing", undefined, preflight("warning"), "ready", true],
  ["the house still fetches something", undefined, preflight("waiting"), "waiting", true],
  ["something must be mended", undefined, preflight("error", "warning"), "problem", false],
  ["it is live and read back", publication({}), preflight(), "live", false],
  ["its proof is old", publication({ proved_at: "2026-11-21T09:40:00Z" }), preflight(), "stale", false],
  ["it was refused and is mended", publication({ state: "rejected" }), preflight(), "rejected", true],
  [
    "it was withdrawn and may go again",
    publication({ wanted: "withdrawn", state: "withdrawn" }),
    preflight(),
    "ready",
    true,
  ],
] as const)("%s", (_words, stands, says, state, sendable) => {
  expect(cellOf(stands, says, now)).toMatchObject({ state, sendable });
});

it("says nothing before anything is known", () => {
  expect(cellOf(undefined, undefined, now)).toBeUndefined();
});
