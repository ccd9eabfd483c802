import { useTranslation } from "react-i18next";
import type { PropertyRow, PublicationBrief } from "@/api/types.gen";
import { usePropertyWords } from "@/features/properties/usePropertyWords";
import { useFormat } from "@/shared/format/format";
import { useActorWords } from "@/shared/jobs/useJobWords";
import { LedgerTable, type Column } from "@/shared/ledger/LedgerTable";
import { MiniChip } from "@/shared/states/MiniChip";
import { Money } from "@/shared/ui/Money";
import { Thumb } from "@/shared/ui/Thumb";
import { To } from "@/shared/ui/To";
import css from "./Properties.module.css";

function Chips({ briefs }: { briefs: PublicationBrief[] }) {
  return (
    <span className={css.chips}>
      {briefs.map((brief) => (
        <MiniChip
          key={brief.id}
          channel={brief.channel}
          account={brief.label}
          state={brief.state === "wanted" && (brief.problem_count ?? 0) > 0 ? "problem" : brief.state}
          since={brief.proved_at}
        />
      ))}
    </span>
  );
}

/** What it is and where, in one line: number, kind and marketing, place. */
export function useLines(): (row: PropertyRow) => {
  title: string;
  what: string;
  place: string;
  size: string;
} {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const words = usePropertyWords();
  return (row) => {
    const what = [
      row.kind && words.choice("kind", row.kind),
      row.marketing && words.choice("marketing", row.marketing),
    ];
    const size = [
      row.rooms !== null && t("rooms", { count: row.rooms, number: format.number(row.rooms) }),
      row.area !== null && `${format.number(row.area)} m²`,
    ];
    return {
      title: row.title || t("untitled", { reference: row.reference }),
      what: [row.reference, ...what].filter(Boolean).join(" · "),
      place: [row.postal_code, row.city].filter(Boolean).join(" "),
      size: size.filter(Boolean).join(" · "),
    };
  };
}

function Draft({ row }: { row: PropertyRow }) {
  const { t } = useTranslation("properties");
  return row.status === "active" ? null : (
    <span className={css.badge}>{t(`choice.status.${row.status}`)}</span>
  );
}

export function PropertyTable({ rows, onOpen }: { rows: PropertyRow[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const actorWords = useActorWords();
  const linesOf = useLines();
  const columns: Column<PropertyRow>[] = [
    {
      id: "name",
      header: t("column.name"),
      name: true,
      cell: (row) => (
        <div className={`row ${css.nameCell}`}>
          <Thumb src={row.thumb} />
          <div className="col">
            <span className="row">
              <To className="medium clip" to={`/properties/${row.id}`}>
                {linesOf(row).title}
              </To>
              <Draft row={row} />
            </span>
            <span className="dim caption clip">{linesOf(row).what}</span>
          </div>
        </div>
      ),
    },
    {
      id: "place",
      header: t("column.place"),
      cell: (row) => <span className="small nowrap">{linesOf(row).place || "–"}</span>,
    },
    {
      id: "price",
      header: t("column.price"),
      numeric: true,
      cell: (row) =>
        row.price ? (
          <span className="medium">
            <Money minor={row.price.minor} currency={row.price.currency} />
          </span>
        ) : (
          <span className="dim">–</span>
        ),
    },
    {
      id: "area",
      header: t("column.area"),
      numeric: true,
      cell: (row) => (
        <span className="small nowrap">{row.area === null ? "–" : `${format.number(row.area)} m²`}</span>
      ),
    },
    {
      id: "rooms",
      header: t("column.rooms"),
      numeric: true,
      cell: (row) => <span className="small">{row.rooms === null ? "–" : format.number(row.rooms)}</span>,
    },
    { id: "channels", header: t("column.channels"), cell: (row) => <Chips briefs={row.publications} /> },
    {
      id: "changed",
      header: t("column.changed"),
      cell: (row) => (
        <>
          <span className="small nowrap">{format.moment(new Date(row.updated_at))}</span>
          <br />
          <span className="dim caption nowrap">{actorWords({ ...row.updated_by })}</span>
        </>
      ),
    },
  ];
  return (
    <LedgerTable
      label={t("title")}
      rows={rows}
      rowId={(row) => row.id}
      rowLabel={(row) => linesOf(row).title}
      columns={columns}
      onOpen={(row) => onOpen(row.id)}
      card={(row) => (
        <To className={css.card} to={`/properties/${row.id}`}>
          <Thumb src={row.thumb} width={56} height={56} />
          <div className="grow col" style={{ gap: 2 }}>
            <div className="row">
              <span className="medium clip grow">{linesOf(row).title}</span>
              <span className="num medium small">
                {row.price && <Money minor={row.price.minor} currency={row.price.currency} />}
              </span>
            </div>
            <span className="dim caption clip">{linesOf(row).what}</span>
            <div className="row" style={{ marginTop: 2 }}>
              <span className="ink2 caption clip grow">
                {[linesOf(row).place, linesOf(row).size].filter(Boolean).join(" · ")}
              </span>
              <Draft row={row} />
              <Chips briefs={row.publications} />
            </div>
          </div>
        </To>
      )}
    />
  );
}
