import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IconSend } from "@tabler/icons-react";
import { expect, it, vi } from "vitest";
import { useCommandKeys } from "@/shared/commands/commands";
import { BulkBar } from "@/shared/ledger/BulkBar";
import { LedgerTable } from "@/shared/ledger/LedgerTable";
import { useSelection } from "@/shared/ledger/selection";

const rows = ["Apron", "Towel", "Candle"].map((name) => ({ id: name.toLowerCase(), name }));

function Page({ onOpen, onSend }: { onOpen?: (id: string) => void; onSend?: (count: number) => void }) {
  const selection = useSelection();
  useCommandKeys();
  return (
    <MantineProvider>
      <LedgerTable
        label="Goods"
        rows={rows}
        rowId={(row) => row.id}
        rowLabel={(row) => row.name}
        columns={[{ id: "name", header: "Name", cell: (row) => row.name, name: true }]}
        card={(row) => row.name}
        selection={selection}
        onOpen={(row) => onOpen?.(row.id)}
      />
      <BulkBar
        selection={selection}
        total={252}
        actions={[
          { id: "send", label: "Send", icon: IconSend, keys: "P", run: () => onSend?.(selection.size) },
        ]}
      />
    </MantineProvider>
  );
}

it("is walked, picked and opened by keys", async () => {
  const open = vi.fn();
  render(<Page onOpen={open} />);
  await userEvent.keyboard("jj");
  expect(screen.getByRole("row", { name: /Towel/ })).toHaveFocus();
  await userEvent.keyboard(" ");
  expect(screen.getByRole("row", { name: /Towel/ })).toHaveAttribute("aria-selected", "true");
  await userEvent.keyboard("k{Enter}");
  expect(open).toHaveBeenCalledExactlyOnceWith("apron");
});

it("offers the bulk bar for what is picked, by click and by key", async () => {
  const send = vi.fn();
  render(<Page onSend={send} />);
  expect(screen.queryByRole("toolbar")).toBeNull();
  await userEvent.click(screen.getByRole("checkbox", { name: "Alle auf dieser Seite wählen" }));
  expect(within(screen.getByRole("toolbar")).getByText("3 ausgewählt")).toBeVisible();
  await userEvent.keyboard("p");
  expect(send).toHaveBeenCalledExactlyOnceWith(3);
  await userEvent.click(screen.getByRole("button", { name: "Alle 252 wählen" }));
  expect(screen.getByText("252 ausgewählt")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("toolbar")).toBeNull();
});

it("single keys rest while typing", async () => {
  const send = vi.fn();
  render(
    <>
      <input aria-label="Search" />
      <Page onSend={send} />
    </>,
  );
  await userEvent.click(screen.getByRole("checkbox", { name: "Apron wählen" }));
  await userEvent.type(screen.getByLabelText("Search"), "pp");
  expect(send).not.toHaveBeenCalled();
});
