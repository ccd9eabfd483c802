import { Select, Tabs, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { sorts, views, type Filters, type Sort, type View } from "@/features/listings/api/listings";
import { connectionsQuery } from "@/shared/connections/connections";
import { listingCountsQuery } from "@/shared/counts/counts";
import { useFormat } from "@/shared/format/format";
import { useStateWord } from "@/shared/states/Chip";
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

/** The views as tabs, each with its count. */
export function Views({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const { data: facets } = useQuery(listingCountsQuery);
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

/** Search and filters; they stand in the address. */
export function FilterBar({
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
