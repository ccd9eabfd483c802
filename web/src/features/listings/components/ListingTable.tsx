import { useTranslation } from "react-i18next";
import type { ListingRow, PublicationBrief } from "@/api/types.gen";
import type { Hidden } from "@/features/listings/useColumns";
import { useFormat } from "@/shared/format/format";
import { roomOf } from "@/shared/goods/room";
import { useActorWords } from "@/shared/jobs/useJobWords";
import { LedgerTable, type Column } from "@/shared/ledger/LedgerTable";
import type { Selection } from "@/shared/ledger/selection";
import { Age } from "@/shared/states/Age";
import { MiniChip } from "@/shared/states/MiniChip";
import { Money } from "@/shared/ui/Money";
import { Thumb } from "@/shared/ui/Thumb";
import { To } from "@/shared/ui/To";
import css from "./Listings.module.css";

interface Props {
  rows: ListingRow[];
  /** Absent where nothing may be done with rows. */
  selection: Selection | undefined;
  onOpen: (row: ListingRow) => void;
  hidden: Hidden;
}

/** What a chip shows: a problem that preflight found stands before the wish. */
const shownState = (brief: PublicationBrief) =>
  brief.state === "wanted" && (brief.problem_count ?? 0) > 0 ? "problem" : brief.state;

function Chips({ briefs }: { briefs: PublicationBrief[] }) {
  return (
    <span className={css.chips}>
      {briefs.map((brief) => (
        <MiniChip
          key={brief.id}
          channel={brief.channel}
          account={brief.label}
          state={shownState(brief)}
          since={brief.proved_at}
        />
      ))}
    </span>
  );
}

/** The proof that is oldest speaks for the listing. */
function oldestProof(briefs: PublicationBrief[]): string | undefined {
  return briefs
    .map((brief) => brief.proved_at)
    .filter((at): at is string => Boolean(at))
    .toSorted()[0];
}

function Sub({ row }: { row: ListingRow }) {
  const { t } = useTranslation("listings");
  const variants = row.variant_count > 1 ? t("variants", { count: row.variant_count }) : undefined;
  const parts = [row.reference, variants, row.options.join(" × "), row.brand];
  return <span className="dim caption clip">{parts.filter(Boolean).join(" · ")}</span>;
}

function Price({ row }: { row: ListingRow }) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  if (!row.price) return <span className="dim">–</span>;
  return (
    <>
      <span className="medium">
        <Money minor={row.price.minor} currency={row.price.currency} />
      </span>
      {row.price_to && (
        <>
          <br />
          <span className="dim caption">
            {t("upTo", { price: format.money(row.price_to.minor, row.price_to.currency) })}
          </span>
        </>
      )}
    </>
  );
}

export function ListingTable({ rows, selection, onOpen, hidden }: Props) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const actorWords = useActorWords();
  const columns: Column<ListingRow>[] = [
    {
      id: "name",
      header: t("column.name"),
      name: true,
      cell: (row) => (
        <div className={`row ${css.nameCell}`}>
          <Thumb src={row.thumb} />
          <div className="col">
            <To className="medium clip" to={roomOf(row)}>
              {row.title || row.reference}
            </To>
            <Sub row={row} />
          </div>
        </div>
      ),
    },
    { id: "price", header: t("column.price"), numeric: true, cell: (row) => <Price row={row} /> },
    {
      id: "stock",
      header: t("column.stock"),
      numeric: true,
      cell: (row) => <span className="small">{format.number(row.stock)}</span>,
    },
    {
      id: "channels",
      header: t("column.channels"),
      cell: (row) => <Chips briefs={row.publications ?? []} />,
    },
    {
      id: "proof",
      header: t("column.proof"),
      cell: (row) => <Age since={oldestProof(row.publications ?? [])} />,
    },
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
      rowLabel={(row) => row.title || row.reference}
      columns={columns.filter((column) => !hidden.has(column.id))}
      selection={selection}
      onOpen={onOpen}
      card={(row) => (
        <To className={css.card} to={roomOf(row)}>
          <Thumb src={row.thumb} width={56} height={56} />
          <div className="grow col" style={{ gap: 2 }}>
            <div className="row">
              <span className="medium clip grow">{row.title || row.reference}</span>
              <span className="num medium small">
                {row.price && <Money minor={row.price.minor} currency={row.price.currency} />}
              </span>
            </div>
            <Sub row={row} />
            <div className="row" style={{ marginTop: 4 }}>
              <Chips briefs={row.publications ?? []} />
              <span className="end">
                <Age since={oldestProof(row.publications ?? [])} />
              </span>
            </div>
          </div>
        </To>
      )}
    />
  );
}
