import { Button } from "@mantine/core";
import { IconDownload, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  addressOf,
  filtersFrom,
  listingsQuery,
  type Filters,
  type View,
} from "@/features/listings/api/listings";
import { FilterBar, Views } from "@/features/listings/components/ListingFilters";
import { ListingBulk } from "@/features/listings/components/ListingBulk";
import { ListingTable } from "@/features/listings/components/ListingTable";
import { useCommands } from "@/shared/commands/commands";
import { useNow } from "@/shared/format/clock";
import { useFormat } from "@/shared/format/format";
import { Body } from "@/shared/layout/Body";
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
  const now = useNow();
  const filters = filtersFrom(useSearch({ strict: false }) as Record<string, string | undefined>);
  const selection = useSelection();
  const query = useInfiniteQuery(listingsQuery(filters));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total ?? undefined;
  const change = (next: Partial<Filters>) => {
    selection.clear();
    void navigate({ to: "/listings", search: addressOf({ ...filters, ...next }) });
  };
  const open = (id: string) => void navigate({ to: `/listings/${id}` });
  const narrowed = filters.q || filters.connection || filters.state;
  useCommands([
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
  ]);
  return (
    <>
      <PageHeader
        title={t("title")}
        facts={
          total !== undefined &&
          t("facts", { count: total, number: format.number(total), time: format.time(new Date(now)) })
        }
        actions={
          <>
            <Button component={To} to="/imports" variant="default" leftSection={<IconDownload size={16} />}>
              {t("import")}
            </Button>
            <Button component={To} to="/listings/new" leftSection={<IconPlus size={16} />}>
              {t("new")}
            </Button>
          </>
        }
        tabs={<Views view={filters.view} onChange={(view) => change({ view })} />}
      />
      <Body className={css.body}>
        <FilterBar filters={filters} onChange={change} />
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
                    onClick={() => change({ q: "", connection: undefined, state: undefined })}
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
        {rows.length > 0 && <ListingTable rows={rows} selection={selection} onOpen={open} />}
        {query.hasNextPage && (
          <div className={css.more}>
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
