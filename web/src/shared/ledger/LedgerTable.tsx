import { Checkbox } from "@mantine/core";
import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "@/shared/commands/commands";
import type { Selection } from "@/shared/ledger/selection";
import css from "./LedgerTable.module.css";

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  numeric?: true;
  /** The one column that clips; all others keep their words whole. */
  name?: true;
}

interface Props<Row> {
  label: string;
  rows: Row[];
  rowId: (row: Row) => string;
  rowLabel: (row: Row) => string;
  columns: Column<Row>[];
  /** The row on a phone. */
  card: (row: Row) => ReactNode;
  selection?: Selection;
  onOpen?: (row: Row) => void;
  current?: string;
}

/** The one table: head sticky, numbers right, J/K and arrows move, Space selects, Enter opens; cards on a phone. */
export function LedgerTable<Row>(props: Props<Row>) {
  const { label, rows, rowId, rowLabel, columns, card, selection, onOpen, current } = props;
  const { t } = useTranslation("shared");
  const body = useRef<HTMLTableSectionElement>(null);

  function move(step: 1 | -1) {
    const all = [...(body.current?.querySelectorAll<HTMLElement>("tr") ?? [])];
    const at = all.findIndex((row) => row.contains(document.activeElement));
    all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
  }
  useCommands([
    {
      id: "ledger.next",
      group: "page",
      label: t("keys.nextRow"),
      keys: "J",
      keysOnly: true,
      run: () => move(1),
    },
    {
      id: "ledger.before",
      group: "page",
      label: t("keys.rowBefore"),
      keys: "K",
      keysOnly: true,
      run: () => move(-1),
    },
  ]);

  function press(event: KeyboardEvent<HTMLTableRowElement>, row: Row) {
    if (event.target !== event.currentTarget) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === " " && selection) {
      event.preventDefault();
      selection.toggle(rowId(row));
    } else if (event.key === "Enter" && onOpen) {
      onOpen(row);
    }
  }

  const ids = rows.map(rowId);
  const picked = selection ? ids.filter(selection.has) : [];
  return (
    <>
      <div className={`sheet desktop ${css.scroll}`} role="region" aria-label={label} tabIndex={0}>
        <table className="ledger">
          <thead>
            <tr>
              {selection && (
                <th scope="col" className={css.pick}>
                  <Checkbox
                    aria-label={t("select.page")}
                    checked={picked.length > 0 && picked.length === ids.length}
                    indeterminate={picked.length > 0 && picked.length < ids.length}
                    onChange={() => selection.setAll(ids, picked.length === ids.length ? "off" : "on")}
                  />
                </th>
              )}
              {columns.map((column) => (
                <th key={column.id} scope="col" className={column.numeric && "num"}>
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map((row) => (
              <tr
                key={rowId(row)}
                tabIndex={-1}
                aria-selected={selection ? selection.has(rowId(row)) : current === rowId(row)}
                onKeyDown={(event) => press(event, row)}
                onDoubleClick={() => onOpen?.(row)}
              >
                {selection && (
                  <td>
                    <Checkbox
                      aria-label={t("select.row", { name: rowLabel(row) })}
                      checked={selection.has(rowId(row))}
                      onChange={() => selection.toggle(rowId(row))}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={
                      [column.numeric && "num", column.name && css.name].filter(Boolean).join(" ") ||
                      undefined
                    }
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className={`phone ${css.cards}`} aria-label={label}>
        {rows.map((row) => (
          <li key={rowId(row)}>{card(row)}</li>
        ))}
      </ul>
    </>
  );
}
