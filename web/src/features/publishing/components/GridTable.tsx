import { Checkbox } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ConnectionOut } from "@/api/types.gen";
import { blocking, type GridCell } from "@/features/publishing/cells";
import type { Grid } from "@/features/publishing/useGrid";
import { useFormat } from "@/shared/format/format";
import { useCellGrid } from "@/shared/grid/useCellGrid";
import type { Selection } from "@/shared/ledger/selection";
import { useAgeWords } from "@/shared/states/Age";
import { useStateWord } from "@/shared/states/Chip";
import { Mark } from "@/shared/states/Mark";
import { lookOf } from "@/shared/states/states";
import { tone } from "@/shared/states/tone";
import { Thumb } from "@/shared/ui/Thumb";
import css from "./Publishing.module.css";

interface Props {
  grid: Grid;
  rows: Grid["rows"];
  selection: Selection;
  current: string | undefined;
  onPick: (listingId: string, connectionId: string) => void;
}

function useCellWords() {
  const { t } = useTranslation("publishing");
  const format = useFormat();
  const stateWord = useStateWord();
  const age = useAgeWords();
  return (cell: GridCell): { short: string; long: string } => {
    const count = blocking(cell.problems).length;
    if (cell.state === "problem") {
      const words = t("problems", { count, number: format.number(count) });
      return { short: words, long: words };
    }
    const since = cell.publication?.proved_at ?? cell.publication?.updated_at;
    const word = stateWord(cell.state);
    return {
      short: since && ["live", "sent", "stale"].includes(cell.state) ? age(since) : word,
      long: since ? `${word}, ${age(since)}` : word,
    };
  };
}

/** Under an account's name: how much of its limit is used while it works, else what keeps it from working. */
function Standing({ connection }: { connection: ConnectionOut }) {
  const { t } = useTranslation("publishing");
  const format = useFormat();
  const stateWord = useStateWord();
  const budget = connection.budgets
    .filter((one) => one.limit > 0)
    .toSorted((a, b) => b.used / b.limit - a.used / a.limit)[0];
  if (connection.state !== "callable" || !budget) {
    return (
      <small style={tone(lookOf(connection.state).tone)} className={css.block}>
        {stateWord(connection.state)}
      </small>
    );
  }
  const numbers = { used: format.number(budget.used), limit: format.number(budget.limit) };
  return (
    <small title={t("budget", numbers)} aria-label={t("budget", numbers)} role="img">
      {numbers.used} / {numbers.limit}
    </small>
  );
}

/** Listings down, connections across; walked by arrows, picked by Space, sent by P. */
export function GridTable({ grid, rows, selection, current, onPick }: Props) {
  const { t } = useTranslation("publishing");
  const format = useFormat();
  const words = useCellWords();
  const { connections } = grid;
  const keys = useCellGrid({
    rows: rows.length,
    columns: connections.length,
    textAt: () => undefined,
    onCommit: () => undefined,
    onFillDown: () => undefined,
  });
  const select = (event: KeyboardEvent, id: string) => {
    if (event.key !== " ") return;
    event.preventDefault();
    selection.toggle(id);
  };
  return (
    <div className={css.scroll} role="region" aria-label={t("region")} tabIndex={0}>
      <table
        className={css.grid}
        style={{ minWidth: 226 + connections.length * 132 }}
        data-narrow={connections.length < 4 || undefined}
      >
        <thead>
          <tr>
            <th scope="col" className={css.first}>
              {t("column.listing")}
            </th>
            {connections.map((one) => (
              <th key={one.id} scope="col">
                <span className="row" style={{ gap: 7 }}>
                  <Mark channel={one.channel} size={24} />
                  <span className="col">
                    <b>{one.label}</b>
                    <Standing connection={one} />
                  </span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.id}>
              <th scope="row" className={css.first}>
                <span className="row" style={{ gap: 8 }}>
                  <Checkbox
                    aria-label={t("select.row", { ns: "shared", name: row.title })}
                    checked={selection.has(row.id)}
                    onChange={() => selection.toggle(row.id)}
                  />
                  <Thumb src={row.thumb} width={28} height={24} />
                  <span className="clip" title={row.title}>
                    {row.title}
                  </span>
                </span>
              </th>
              {connections.map((one, column) => {
                const cell = grid.cellAt(row.id, one.id);
                const key = `${row.id}/${one.id}`;
                if (!cell) {
                  return (
                    <td key={one.id}>
                      <span
                        className={css.none}
                        role="img"
                        aria-label={t("unknown", { listing: row.title, connection: one.label })}
                      />
                    </td>
                  );
                }
                const look = lookOf(cell.state);
                const { ref, ...handlers } = keys.cellProps({ row: at, column });
                return (
                  <td key={one.id}>
                    <button
                      ref={ref}
                      className={css.cell}
                      style={tone(look.tone)}
                      data-dashed={look.dashed}
                      data-hatched={look.hatched}
                      aria-pressed={current === key}
                      aria-label={t("cell", {
                        listing: row.title,
                        connection: one.label,
                        state: words(cell).long,
                      })}
                      onClick={() => onPick(row.id, one.id)}
                      onFocus={() => onPick(row.id, one.id)}
                      tabIndex={handlers.tabIndex}
                      onKeyDown={(event) => {
                        select(event, row.id);
                        if (!event.defaultPrevented) handlers.onKeyDown(event);
                      }}
                    >
                      <look.icon size={15} stroke={1.9} aria-hidden />
                      <span className="clip">{words(cell).short}</span>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="vh">{t("count", { count: rows.length, number: format.number(rows.length) })}</p>
    </div>
  );
}
