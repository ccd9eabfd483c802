import { Button } from "@mantine/core";
import { IconArrowBackUp, IconSend } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ConnectionOut } from "@/api/types.gen";
import { blocking, type GridCell } from "@/features/publishing/cells";
import type { BasketRow } from "@/shared/basket/basket";
import { useFormat } from "@/shared/format/format";
import { ProblemCard } from "@/shared/publications/ProblemCard";
import { Age } from "@/shared/states/Age";
import { Chip } from "@/shared/states/Chip";
import { Mark } from "@/shared/states/Mark";
import { To } from "@/shared/ui/To";
import css from "./Publishing.module.css";

interface Props {
  row: BasketRow;
  connection: ConnectionOut;
  cell: GridCell;
  isSending: boolean;
  /** Absent for who may only read, like the next. */
  onSend?: () => void;
  onWithdraw?: () => void;
}

const onSale = ["live", "differs", "stale"];

/** The chosen cell: what stands in the way, each with its fix and the way to the field. */
export function Inspector({ row, connection, cell, isSending, onSend, onWithdraw }: Props) {
  const { t } = useTranslation("publishing");
  const format = useFormat();
  const stops = blocking(cell.problems).length;
  const notes = cell.problems.length - stops;
  return (
    <aside className={`sheet ${css.inspector}`} aria-label={t("inspector.label")}>
      <header>
        <Mark channel={connection.channel} size={24} />
        <h2 className="clip">{t("inspector.title", { listing: row.title, connection: connection.label })}</h2>
      </header>
      <div className={css.inside}>
        <p className="row wrap">
          <Chip state={cell.state} />
          {cell.publication && (
            <Age since={cell.publication.proved_at} freshForSeconds={cell.publication.fresh_for_seconds} />
          )}
          <To className="link small end" to={`/listings/${row.id}`}>
            {t("inspector.open")}
          </To>
        </p>
        {cell.state === "rejected" && cell.publication && (
          <p className="small ink2">
            {t("inspector.rejected", {
              channel: connection.channel_name,
              moment: format.moment(new Date(cell.publication.updated_at)),
            })}
          </p>
        )}
        {stops > 0 && <p className="small ink2">{t("inspector.stops", { count: stops })}</p>}
        {stops === 0 && cell.sendable && <p className="small ink2">{t("inspector.ready")}</p>}
        <fieldset disabled={!onSend} className={css.plain}>
          <ol className={css.problems}>
            {cell.problems
              .toSorted((a, b) => Number(b.severity === "error") - Number(a.severity === "error"))
              .map((problem) => (
                <ProblemCard
                  key={problem.code + problem.field + JSON.stringify(problem.params)}
                  problem={problem}
                  listingId={row.id}
                  connectionId={connection.id}
                  brand={row.brand}
                />
              ))}
          </ol>
        </fieldset>
        {cell.publication?.address && onSale.includes(cell.state) && (
          <a className="link small" href={cell.publication.address} target="_blank" rel="noreferrer">
            {t("inspector.there", { channel: connection.channel_name })}
          </a>
        )}
        {onWithdraw && onSale.includes(cell.state) && (
          <Button
            size="xs"
            mt={8}
            variant="default"
            leftSection={<IconArrowBackUp size={14} />}
            loading={isSending}
            onClick={onWithdraw}
          >
            {t("inspector.withdraw")}
          </Button>
        )}
        {onSend && cell.sendable && (
          <Button size="xs" mt={8} leftSection={<IconSend size={14} />} loading={isSending} onClick={onSend}>
            {t("inspector.send")}
          </Button>
        )}
      </div>
      <footer className="small dim">
        {notes > 0 ? t("inspector.notes", { count: notes }) : t("inspector.free")}
      </footer>
    </aside>
  );
}
