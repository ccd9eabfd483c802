import { ActionIcon, Button, Menu, Popover, Select, Tabs, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAdjustmentsHorizontal, IconArrowsSort, IconSearch } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import {
  narrowing,
  sorts,
  views,
  type Bound,
  type Filters,
  type Sort,
  type View,
} from "@/features/properties/api/properties";
import { kinds, marketings } from "@/features/properties/choices";
import { usePropertyWords } from "@/features/properties/usePropertyWords";
import { parseAmount } from "@/shared/format/amount";
import { useFormat } from "@/shared/format/format";
import css from "./Properties.module.css";

const phone = "(max-width: 760px)";

export function Views({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const { t } = useTranslation("properties");
  return (
    <Tabs value={view} onChange={(value) => onChange(value as View)}>
      <Tabs.List aria-label={t("views")}>
        {views.map((value) => (
          <Tabs.Tab key={value} value={value}>
            {t(`view.${value}`)}
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

function ByKind({ filters, onChange }: Props) {
  const { t } = useTranslation("properties");
  const words = usePropertyWords();
  return (
    <>
      <Select
        w={150}
        aria-label={t("filter.kind")}
        placeholder={t("filter.kind")}
        clearable
        value={filters.kind ?? null}
        onChange={(value) => onChange({ kind: kinds.find((kind) => kind === value) })}
        data={kinds.map((value) => ({ value, label: words.choice("kind", value) }))}
        comboboxProps={{ withinPortal: false }}
      />
      <Select
        w={150}
        aria-label={t("filter.marketing")}
        placeholder={t("filter.marketing")}
        clearable
        value={filters.marketing ?? null}
        onChange={(value) => onChange({ marketing: marketings.find((one) => one === value) })}
        data={marketings.map((value) => ({ value, label: words.choice("marketing", value) }))}
        comboboxProps={{ withinPortal: false }}
      />
    </>
  );
}

/** From and to of one measure; what can't be read stays as it was. */
function Range({ of, filters, onChange }: Props & { of: "price" | "area" | "rooms" }) {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const bound = (name: Bound, label: string) => (
    <TextInput
      key={filters[name] ?? ""}
      size="xs"
      inputMode="decimal"
      aria-label={`${t(`filter.${of}`)} ${label}`}
      placeholder={label}
      defaultValue={filters[name] && format.number(Number(filters[name]))}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      onBlur={({ currentTarget: { value } }) => {
        const hundredths = value.trim() ? parseAmount(value, "EUR", format) : null;
        if (hundredths === undefined) return;
        const next = hundredths === null ? undefined : String(hundredths / 100);
        if (next !== filters[name]) onChange({ [name]: next });
      }}
    />
  );
  return (
    <fieldset className={css.range}>
      <legend>{t(`filter.${of}`)}</legend>
      {bound(`${of}_from`, t("filter.from"))}
      {bound(`${of}_to`, t("filter.to"))}
    </fieldset>
  );
}

/** What is asked for less often; on a phone, all that narrows the list. */
function MoreFilters({ filters, onChange, onClear }: Props & { onClear: () => void }) {
  const { t } = useTranslation("properties");
  const small = useMediaQuery(phone);
  const inside = narrowing(filters).filter((name) => small || (name !== "kind" && name !== "marketing"));
  return (
    <Popover position="bottom-start" width={280} trapFocus shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={16} />}>
          {inside.length > 0 ? t("filter.moreActive", { count: inside.length }) : t("filter.more")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={css.more}>
        {small && <ByKind filters={filters} onChange={onChange} />}
        <TextInput
          key={filters.city ?? ""}
          size="xs"
          label={t("filter.city")}
          defaultValue={filters.city}
          onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
          onBlur={({ currentTarget: { value } }) => {
            if (value.trim() !== (filters.city ?? "")) onChange({ city: value.trim() || undefined });
          }}
        />
        <Range of="price" filters={filters} onChange={onChange} />
        <Range of="area" filters={filters} onChange={onChange} />
        <Range of="rooms" filters={filters} onChange={onChange} />
        {inside.length > 0 && (
          <Button variant="default" size="xs" onClick={onClear}>
            {t("nothing.clear")}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

const sortKeys = {
  "-updated": "newest",
  updated: "oldest",
  title: "title",
  "-title": "titleDown",
  price: "price",
  "-price": "priceDown",
  area: "area",
  "-area": "areaDown",
  rooms: "rooms",
  "-rooms": "roomsDown",
  city: "city",
  "-city": "cityDown",
} as const satisfies Record<Sort, string>;

function SortMenu({ filters, onChange }: Props) {
  const { t } = useTranslation("properties");
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

interface BarProps extends Props {
  onClear: () => void;
  /** How many of how many are on the page. */
  shown: { count: number; total: number } | undefined;
}

/** Search and filters; they stand in the address. */
export function FilterBar({ filters, onChange, onClear, shown }: BarProps) {
  const { t } = useTranslation("properties");
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
        maxLength={200}
        defaultValue={filters.q}
        onKeyDown={(event) => event.key === "Enter" && search()}
        onBlur={search}
      />
      {!small && <ByKind filters={filters} onChange={onChange} />}
      <MoreFilters filters={filters} onChange={onChange} onClear={onClear} />
      <span className={`row ${css.order}`}>
        {shown && !small && (
          <span className="dim small nowrap" aria-live="polite">
            {t("shown", { last: format.number(shown.count), total: format.number(shown.total) })}
          </span>
        )}
        <SortMenu filters={filters} onChange={onChange} />
      </span>
    </div>
  );
}
