import { Button, Select, Tabs, TextInput } from "@mantine/core";
import { IconDownload, IconPlus, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import {
  addressOf,
  facetsQuery,
  filtersFrom,
  listingsQuery,
  sorts,
  views,
  type Filters,
  type Sort,
  type View,
} from "@/features/listings/api/listings";
import { ListingBulk } from "@/features/listings/components/ListingBulk";
import { ListingTable } from "@/features/listings/components/ListingTable";
import { useCommands } from "@/shared/commands/commands";
import { connectionsQuery } from "@/shared/connections/connections";
import { useNow } from "@/shared/format/clock";
import { useFormat } from "@/shared/format/format";
import { Body } from "@/shared/layout/Body";
import { useSelection } from "@/shared/ledger/selection";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useStateWord } from "@/shared/states/Chip";
import { EmptyState } from "@/shared/ui/EmptyState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Listings.module.css";

const filterStates = [
  "live",
  "wanted",
  "sent",
  "differs",
  "rejected",
  "login_needed",
  "unreachable",
  "in_doubt",
  "withdrawn",
  "ended",
  "none",
];

function Views({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const { data: facets } = useQuery(facetsQuery);
  const counts: Partial<Record<View, number>> = facets
    ? {
        all: facets.total,
        problems: facets.problems,
        drafts: facets.drafts,
        out: facets.out_of_stock,
        archived: facets.archived,
      }
    : {};
  return (
    <Tabs value={view} onChange={(value) => onChange(value as View)}>
      <Tabs.List aria-label={t("views")}>
        {views.map((value) => (
          <Tabs.Tab key={value} value={value}>
            {t(`view.${value}`)}
            {counts[value] !== undefined && (
              <span className={`dim ${css.count}`}>{format.number(counts[value])}</span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

function FilterBar({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}) {
  const { t } = useTranslation("listings");
  const stateWord = useStateWord();
  const { data: connections } = useQuery(connectionsQuery);
  const field = useRef<HTMLInputElement>(null);
  const search = () => onChange({ q: field.current?.value.trim() ?? "" });
  return (
    <div className={css.filters} role="search">
      <TextInput
        key={filters.q}
        ref={field}
        className={css.search}
        placeholder={t("search")}
        aria-label={t("search")}
        leftSection={<IconSearch size={16} />}
        defaultValue={filters.q}
        onKeyDown={(event) => event.key === "Enter" && search()}
        onBlur={search}
      />
      <Select
        className="desktop"
        w={170}
        aria-label={t("filter.connection")}
        placeholder={t("filter.connection")}
        clearable
        value={filters.connection ?? null}
        onChange={(connection) => onChange({ connection: connection ?? undefined })}
        data={(connections ?? []).map((one) => ({ value: one.id, label: one.label }))}
      />
      <Select
        className="desktop"
        w={170}
        aria-label={t("filter.state")}
        placeholder={t("filter.state")}
        clearable
        value={filters.state ?? null}
        onChange={(state) => onChange({ state: state ?? undefined })}
        data={filterStates.map((state) => ({
          value: state,
          label: state === "none" ? t("filter.none") : stateWord(state),
        }))}
      />
      <Select
        className="desktop end"
        w={200}
        aria-label={t("filter.sort")}
        allowDeselect={false}
        value={filters.sort}
        onChange={(sort) => onChange({ sort: sort as Sort })}
        data={sorts.map((sort) => ({ value: sort, label: t(`sort.${sortKey(sort)}`) }))}
      />
    </div>
  );
}

const sortKeys = {
  "-updated": "newest",
  updated: "oldest",
  title: "title",
  "-title": "titleDown",
  price: "price",
  "-price": "priceDown",
  stock: "stock",
  "-stock": "stockDown",
} as const;
const sortKey = (sort: Sort) => sortKeys[sort];

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
