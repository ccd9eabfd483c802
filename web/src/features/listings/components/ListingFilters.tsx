import { ActionIcon, Button, Checkbox, Menu, Popover, Select, Tabs, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import {
  IconAdjustmentsHorizontal,
  IconArrowsSort,
  IconLayoutColumns,
  IconSearch,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sorts, views, type Filters, type Sort, type View } from "@/features/listings/api/listings";
import { brandsQuery } from "@/features/listings/api/product";
import { hideable, type Hidden } from "@/features/listings/useColumns";
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
const phone = "(max-width: 760px)";

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

interface Props {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

function ByChannel({ filters, onChange }: Props) {
  const { t } = useTranslation("listings");
  const stateWord = useStateWord();
  const { data: connections } = useQuery(connectionsQuery);
  return (
    <>
      <Select
        w={150}
        aria-label={t("filter.connection")}
        placeholder={t("filter.connection")}
        clearable
        value={filters.connection ?? null}
        onChange={(connection) => onChange({ connection: connection ?? undefined })}
        data={(connections ?? []).map((one) => ({ value: one.id, label: one.label }))}
        comboboxProps={{ withinPortal: false }}
      />
      <Select
        w={150}
        aria-label={t("filter.state")}
        placeholder={t("filter.state")}
        clearable
        value={filters.state ?? null}
        onChange={(state) => onChange({ state: state ?? undefined })}
        data={filterStates.map((state) => ({
          value: state,
          label: state === "none" ? t("filter.none") : stateWord(state),
        }))}
        comboboxProps={{ withinPortal: false }}
      />
    </>
  );
}

/** What is asked for less often; on a phone, all that narrows the list. */
function MoreFilters({ filters, onChange }: Props) {
  const { t } = useTranslation("listings");
  const small = useMediaQuery(phone);
  const [words, setWords] = useState("");
  const { data: brands } = useQuery(brandsQuery(words));
  const inside = [filters.brand, ...(small ? [filters.connection, filters.state] : [])];
  const count = inside.filter(Boolean).length;
  return (
    <Popover position="bottom-start" width={260} trapFocus shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={16} />}>
          {count > 0 ? t("filter.moreActive", { count }) : t("filter.more")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={css.more}>
        {small && <ByChannel filters={filters} onChange={onChange} />}
        <Select
          label={t("filter.brand")}
          placeholder={t("filter.anyBrand")}
          searchable
          clearable
          value={filters.brand ?? null}
          onChange={(brand) => onChange({ brand: brand ?? undefined })}
          onSearchChange={setWords}
          data={[
            ...new Set([...(brands ?? []).map((one) => one.name), ...(filters.brand ? [filters.brand] : [])]),
          ]}
          nothingFoundMessage={t("filter.noBrand")}
          comboboxProps={{ withinPortal: false }}
        />
        {count > 0 && (
          <Button
            variant="default"
            size="xs"
            onClick={() =>
              onChange({ brand: undefined, ...(small && { connection: undefined, state: undefined }) })
            }
          >
            {t("nothing.clear")}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function SortMenu({ filters, onChange }: Props) {
  const { t } = useTranslation("listings");
  const now = t(`sort.${sortKeys[filters.sort]}`);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={34} aria-label={t("filter.sortBy", { order: now })} title={now}>
          <IconArrowsSort size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("filter.sort")}</Menu.Label>
        {sorts.map((sort) => (
          <Menu.Item
            key={sort}
            role="menuitemradio"
            aria-checked={sort === filters.sort}
            fw={sort === filters.sort ? 600 : undefined}
            onClick={() => onChange({ sort })}
          >
            {t(`sort.${sortKeys[sort]}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ColumnMenu({ hidden }: { hidden: Hidden }) {
  const { t } = useTranslation("listings");
  return (
    <Popover position="bottom-end" trapFocus shadow="md">
      <Popover.Target>
        <ActionIcon variant="default" size={34} aria-label={t("columns")} title={t("columns")}>
          <IconLayoutColumns size={17} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.more}>
        <Checkbox.Group label={t("columns")} value={hideable.filter((id) => !hidden.has(id))}>
          {hideable.map((id) => (
            <Checkbox
              key={id}
              mt={8}
              value={id}
              label={t(`column.${id}`)}
              onChange={() => hidden.toggle(id)}
            />
          ))}
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}

interface BarProps extends Props {
  /** How many of how many are on the page. */
  shown: { count: number; total: number } | undefined;
  hidden: Hidden;
}

/** Search and filters; they stand in the address. */
export function FilterBar({ filters, onChange, shown, hidden }: BarProps) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const small = useMediaQuery(phone);
  const field = useRef<HTMLInputElement>(null);
  const search = () => {
    const q = field.current?.value.trim() ?? "";
    if (q !== filters.q) onChange({ q });
  };
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
      {!small && <ByChannel filters={filters} onChange={onChange} />}
      <MoreFilters filters={filters} onChange={onChange} />
      <span className={`row ${css.order}`}>
        {shown && !small && (
          <span className="dim small nowrap" aria-live="polite">
            {t("shown", { last: format.number(shown.count), total: format.number(shown.total) })}
          </span>
        )}
        <SortMenu filters={filters} onChange={onChange} />
        {!small && <ColumnMenu hidden={hidden} />}
      </span>
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
} as const satisfies Record<Sort, string>;
