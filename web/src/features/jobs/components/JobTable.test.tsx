import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { JobOut } from "@/api/types.gen";
import { JobTable } from "@/features/jobs/components/JobTable";
import * as rights from "@/shared/auth/rights";

beforeEach(() => void vi.spyOn(rights, "useRights").mockReturnValue(rights.rightsOf("owner")));
afterEach(() => vi.restoreAllMocks());

const job = (change: Partial<JobOut>): JobOut => ({
  id: "1", kind: "publishing.run", label: "publish", lane: "normal", status: "done", outcome: "succeeded", wish: "",
  run_at: "2026-11-21T09:00:00Z", attempts: 1, done: 24, total: 24, note: "", tallies: {}, problem: null,
  cause: { kind: "person", label: "Marlene" }, parent_id: null, repeatable: false,
  created_at: "2026-11-21T09:00:00Z", leased_at: "2026-11-21T09:00:01Z", finished_at: null, ...change,
}); // prettier-ignore

function rowOf(change: Partial<JobOut>) {
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <JobTable jobs={[job(change)]} onOpen={() => undefined} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return within(screen.getAllByRole("row")[1]!);
}

const buttons = (row: ReturnType<typeof rowOf>) =>
  row.getAllByRole("button").map((button) => button.getAttribute("aria-label") ?? button.textContent);

it("offers the opposite of what was proven", () => {
  const row = rowOf({ tallies: { live: 24 } });
  expect(row.getByText("Fertig")).toBeVisible();
  expect(buttons(row)).toEqual(["24 Angebote veröffentlichen", "Zurückziehen: 24 Angebote veröffentlichen"]);
});

it("says how many a channel did not take, and sends those again", () => {
  const row = rowOf({ tallies: { live: 22, rejected: 2 } });
  expect(row.getByText("Fertig, 2 Nein")).toBeVisible();
  expect(row.getByRole("button", { name: /^Erneut senden/ })).toBeEnabled();
});

it("names what was made in the account, and asks again where that failed", () => {
  const made = { kind: "connections.setup", label: "policies.return", note: "eBay DE", done: 1, total: 1 };
  const row = rowOf({ ...made, outcome: "failed", repeatable: true });
  expect(row.getByText("Rückgaberichtlinie anlegen")).toBeVisible();
  expect(row.getByText(/eBay DE/)).toBeVisible();
  expect(row.getByRole("button", { name: /^Noch einmal/ })).toBeEnabled();
});

it("a running job can be held and ended", () => {
  const row = rowOf({ status: "leased", outcome: "" });
  expect(buttons(row).slice(1).map((name) => name?.split(":")[0])).toEqual(["Anhalten", "Abbrechen"]); // prettier-ignore
});

it("who may only read is offered nothing", () => {
  vi.spyOn(rights, "useRights").mockReturnValue(rights.rightsOf("read_only"));
  expect(buttons(rowOf({ tallies: { live: 24 } }))).toEqual(["24 Angebote veröffentlichen"]);
});
