import { useTranslation } from "react-i18next";
import type { ImportOut } from "@/api/types.gen";
import { useFormat } from "@/shared/format/format";
import { useCauseWords } from "@/shared/jobs/useJobWords";
import { LedgerTable, type Column } from "@/shared/ledger/LedgerTable";
import { StateText } from "@/shared/states/Chip";
import { To } from "@/shared/ui/To";
import { useNavigate } from "@tanstack/react-router";
import css from "./Imports.module.css";

/** An import's state in the words of the one vocabulary. */
export const shownState: Record<ImportOut["state"], string> = {
  mapping: "waiting",
  importing: "running",
  paused: "paused",
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
  undoing: "running",
  undone: "withdrawn",
};

/** Imports so far, newest first. */
export function ImportRows({ imports }: { imports: ImportOut[] }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const navigate = useNavigate();
  const causeWords = useCauseWords();
  const counts = (row: ImportOut) =>
    [
      t("counts.imported", { count: row.imported, number: format.number(row.imported) }),
      row.refused > 0 && t("counts.refused", { count: row.refused, number: format.number(row.refused) }),
    ]
      .filter(Boolean)
      .join(" · ");
  const columns: Column<ImportOut>[] = [
    {
      id: "file",
      header: t("column.file"),
      name: true,
      cell: (row) => (
        <div className="col">
          <To className="medium clip" to={`/imports/${row.id}`}>
            {row.file_name}
          </To>
          <span className="dim caption">{format.bytes(row.file_bytes)}</span>
        </div>
      ),
    },
    {
      id: "state",
      header: t("column.state"),
      cell: (row) => <StateText state={shownState[row.state]}>{t(`state.${row.state}`)}</StateText>,
    },
    {
      id: "rows",
      header: t("column.rows"),
      numeric: true,
      cell: (row) => (row.rows === null ? "…" : format.number(row.rows)),
    },
    { id: "counts", header: t("column.counts"), cell: (row) => <span className="small">{counts(row)}</span> },
    {
      id: "when",
      header: t("column.when"),
      cell: (row) => (
        <>
          <span className="small nowrap">{format.moment(new Date(row.created_at))}</span>
          <br />
          <span className="dim caption nowrap">{causeWords({ ...row.cause })}</span>
        </>
      ),
    },
  ];
  return (
    <LedgerTable
      label={t("title")}
      rows={imports}
      rowId={(row) => row.id}
      rowLabel={(row) => row.file_name}
      columns={columns}
      onOpen={(row) => void navigate({ to: `/imports/${row.id}` })}
      card={(row) => (
        <To className={css.card} to={`/imports/${row.id}`}>
          <span className="medium clip">{row.file_name}</span>
          <StateText state={shownState[row.state]}>{t(`state.${row.state}`)}</StateText>
          <span className="dim caption">{counts(row)}</span>
        </To>
      )}
    />
  );
}
