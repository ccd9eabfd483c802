import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ConnectionOut } from "@/api/types.gen";
import { publicationCountsQuery } from "@/shared/counts/counts";
import { ConnectionTable } from "@/features/channels/components/ConnectionTable";
import * as rights from "@/shared/auth/rights";

vi.mock("@/shared/ui/To", () => ({ To: ({ to, children }: { to: string; children: React.ReactNode }) => <a href={to}>{children}</a> })); // prettier-ignore
beforeEach(() => void vi.spyOn(rights, "useRights").mockReturnValue(rights.rightsOf("owner")));
afterEach(() => vi.restoreAllMocks());

const connection = (change: Partial<ConnectionOut>) =>
  ({
    id: "c1", channel: "ebay", channel_name: "eBay", label: "eBay DE", account_name: "hafenleinen", state: "callable",
    marketplace: { id: "EBAY_DE", locale: "de-DE", currency: "EUR", country: "DE" }, missing: [], problem: null,
    budgets: [], checked_at: new Date().toISOString(), last_call_at: null, consent_until: null,
    fresh_for_seconds: 300, poll_seconds: 60, ...change,
  }) as unknown as ConnectionOut; // prettier-ignore

function row(change: Partial<ConnectionOut>, counts: Record<string, number> = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(publicationCountsQuery.queryKey, new Map([["c1", counts]]));
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <ConnectionTable connections={[connection(change)]} onOpen={() => undefined} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return within(screen.getByRole("row", { name: /hafenleinen/ }));
}

it("says how the listings of an account stand", () => {
  const shown = row({}, { live: 230, differs: 8, rejected: 2, sent: 1, wanted: 2, withdrawn: 40 });
  expect(shown.getByRole("link")).toHaveTextContent("238 live2 nicht angenommen, 3 warten");
});

it.each([
  [3, "Abruf alle 3 Sek"],
  [60, "Abruf alle 60 Sek"],
  [300, "Abruf alle 5 Min"],
])("says how often it is really asked: %d s", (seconds, words) => {
  expect(row({ poll_seconds: seconds }).getByText(words)).toBeVisible();
});

it("asks for a log-in where only that helps, and not who may not give one", () => {
  expect(row({ state: "refused" }).getByRole("button")).toHaveTextContent("Neu anmelden");
  screen.getByRole("table").remove();
  vi.spyOn(rights, "useRights").mockReturnValue(rights.rightsOf("read_only"));
  expect(row({ state: "refused" }).getByRole("button")).toHaveTextContent("Öffnen");
});
