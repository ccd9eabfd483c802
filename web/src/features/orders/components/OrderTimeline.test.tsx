import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { HistoryEntry, OrderDetail } from "@/api/types.gen";
import { orderHistoryQuery } from "@/features/orders/api/orders";
import { OrderTimeline } from "@/features/orders/components/OrderTimeline";

const entry = (kind: string, title: string, details: Record<string, unknown>): HistoryEntry => ({
  at: "2026-11-21T09:00:00Z", kind, title, cause: {}, details,
}); // prettier-ignore

function lines(entries: HistoryEntry[]): (string | null)[] {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(orderHistoryQuery("1").queryKey, entries);
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <OrderTimeline order={{ id: "1", channel: "ebay" } as OrderDetail} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return screen.getAllByRole("listitem").map((line) => line.querySelector("span")!.textContent);
}

it("says once what was pushed twice, and tells readings from changes", () => {
  expect(
    lines([
      entry("shipment", "DHL 0034", { carrier: "DHL", tracking: "0034", state: "told" }),
      entry("receipt", "order", { source: "poll", times: 1 }),
      entry("receipt", "order", { source: "poll", times: 1 }),
      entry("receipt", "ORDER_CONFIRMATION", { source: "webhook", times: 2 }),
    ]),
  ).toEqual([
    "Versand vorgemerktDHL 0034",
    "eBay: Änderung gelesenKontor fragte nach",
    "eBay: Bestellung gelesenKontor fragte nach",
    "eBay meldete eine BestellungDer Kanal meldete sich 2 Mal",
  ]);
});

it("says how a call to the channel went", () => {
  const call = { status: 503, milliseconds: 1200, error: "" };
  expect(lines([entry("call", "POST /shipping_fulfillment", call)])).toEqual([
    "Aufruf POST /shipping_fulfillmentAntwort 503 nach 1.200 ms",
  ]);
});
