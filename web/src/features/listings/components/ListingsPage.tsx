import { Button } from "@mantine/core";
import { IconDownload, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  addressOf,
  filtersFrom,
  listingsQuery,
  type Filters,
  type View,
} from "@/features/listings/api/listings";
import type { ListingRow } from "@/api/types.gen";
import { FilterBar, Views } from "@/features/listings/components/ListingFilters";
import { ListingBulk } from "@/features/listings/components/ListingBulk";
import { ListingTable } from "@/features/listings/components/ListingTable";
import { useHiddenColumns } from "@/features/listings/useColumns";
import { useCommands } from "@/shared/commands/commands";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { connectionsQuery } from "@/shared/connections/connections";
import { byChannelState, listingCountsQuery } from "@/shared/counts/counts";
import { useNow } from "@/shared/format/clock";
import { useFormat } from "@/shared/format/format";
import { roomOf } from "@/shared/goods/room";
import { Body } from "@/shared/layout/Body";
import { useLiveState } from "@/shared/live/live";
import { useSelection } from "@/shared/ledger/selection";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { EmptyState } from "@/shared/ui/EmptyState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Listings.module.css";

/** Everything that is offered: views, filters in the address, and what can be done with many at once. */
export function ListingsPage() {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const navigate = useNavigate();
  const filters = filtersFrom(useSearch({ strict: false }) as Record<string, string | undefined>);
  const selection = useSelection();
  const query = useInfiniteQuery(listingsQuery(filters));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total ?? undefined;
  const change = (next: Partial<Filters>) => {
    selection.clear();
    void navigate({ to: "/listings", search: addressOf({ ...filters, ...next }) });
  };
  const open = (row: ListingRow) => void navigate({ to: roomOf(row) });
  const narrowed = filters.q || filters.connection || filters.state || filters.brand;
  const hidden = useHiddenColumns();
  const may = useRights().write;
  useCommands(
    !may
      ? []
      : [
          {
            id: "listings.new",
            group: "page",
            label: t("new"),
            icon: IconPlus,
            keys: "N",
            run: () => void navigate({ to: "/listings/new" }),
          },
          {
            id: "listings.import",
            group: "page",
            label: t("import"),
            icon: IconDownload,
            run: () => void navigate({ to: "/imports" }),
          },
        ],
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        facts={<Facts />}
        actions={
          may && (
            <>
              <Button component={To} to="/imports" variant="default" leftSection={<IconDownload size={16} />}>
                {t("import")}
              </Button>
              <Button component={To} to="/listings/new" leftSection={<IconPlus size={16} />}>
                {t("new")}
              </Button>
            </>
          )
        }
        tabs={<Views view={filters.view} onChange={(view) => change({ view })} />}
      />
      <Body className={css.body}>
        <MayNot right="write" />
        <FilterBar
          filters={filters}
          onChange={change}
          shown={total === undefined || rows.length === 0 ? undefined : { count: rows.length, total }}
          hidden={hidden}
        />
        {query.isPending && (
          <div className="sheet">
            <LedgerSkeleton label={t("loading")} />
          </div>
        )}
        {query.isError && rows.length === 0 && (
          <ProblemNote problem={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.isSuccess && rows.length === 0 && (
          <div className="sheet">
            {narrowed ? (
              <EmptyState
                title={t("nothing.title")}
                action={
                  <Button
                    variant="default"
                    onClick={() =>
                      change({ q: "", connection: undefined, state: undefined, brand: undefined })
                    }
                  >
                    {t("nothing.clear")}
                  </Button>
                }
              >
                {t("nothing.text")}
              </EmptyState>
            ) : (
              <Empty view={filters.view} />
            )}
          </div>
        )}
        {rows.length > 0 && (
          <ListingTable rows={rows} selection={may ? selection : undefined} onOpen={open} hidden={hidden} />
        )}
        {query.hasNextPage && (
          <div className={css.next}>
            <Button
              variant="default"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t("more", { shown: format.number(rows.length), total: format.number(total ?? rows.length) })}
            </Button>
          </div>
        )}
      </Body>
      <ListingBulk selection={selection} filters={filters} total={total} rows={rows} />
    </>
  );
}

const notThere = ["withdrawn", "ended"];

/** How much is offered, on how many accounts, and as of when. */
function Facts() {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const now = useNow();
  const live = useLiveState();
  const { data: facets } = useQuery(listingCountsQuery);
  const { data: connections } = useQuery(connectionsQuery);
  if (!facets) return null;
  const states = Object.entries(byChannelState(facets.more));
  const published = states.reduce(
    (sum, [state, count]) => sum + (notThere.includes(state) ? 0 : (count ?? 0)),
    0,
  );
  const accounts = (connections ?? []).filter((one) => one.state !== "disconnected").length;
  const at = live.status === "live" ? new Date(now) : live.asOf;
  const what = [
    t("facts.listings", { count: facets.total, number: format.number(facets.total) }),
    accounts > 0 &&
      t("facts.published", {
        count: published,
        number: format.number(published),
        accounts: t("facts.accounts", { count: accounts }),
      }),
  ];
  return [
    what.filter(Boolean).join(", "),
    at && t(live.status === "live" ? "facts.live" : "facts.asOf", { time: format.time(at) }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function Empty({ view }: { view: View }) {
  const { t } = useTranslation("listings");
  if (view !== "all") {
    return (
      <EmptyState look="struck" title={t(`empty.${view}.title`)}>
        {t(`empty.${view}.text`)}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t("empty.all.title")}
      action={
        <>
          <Button component={To} to="/imports">
            {t("import")}
          </Button>
          <Button component={To} to="/listings/new" variant="default">
            {t("new")}
          </Button>
        </>
      }
    >
      {t("empty.all.text")}
    </EmptyState>
  );
}
