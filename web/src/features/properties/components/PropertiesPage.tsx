import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  addressOf,
  filtersFrom,
  narrowing,
  propertiesQuery,
  type Filters,
  type View,
} from "@/features/properties/api/properties";
import { FilterBar, Views } from "@/features/properties/components/PropertyFilters";
import { PropertyTable } from "@/features/properties/components/PropertyTable";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { useCommands } from "@/shared/commands/commands";
import { useNow } from "@/shared/format/clock";
import { useFormat } from "@/shared/format/format";
import { Body } from "@/shared/layout/Body";
import { useLiveState } from "@/shared/live/live";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { EmptyState } from "@/shared/ui/EmptyState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Properties.module.css";

/** Flats, houses and plots: views, words and filters in the address, and the way to each. */
export function PropertiesPage() {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const navigate = useNavigate();
  const filters = filtersFrom(useSearch({ strict: false }) as Record<string, string | undefined>);
  const query = useInfiniteQuery(propertiesQuery(filters));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total ?? undefined;
  const may = useRights().write;
  const change = (next: Partial<Filters>) =>
    void navigate({ to: "/properties", search: addressOf({ ...filters, ...next }) });
  const clear = () =>
    void navigate({ to: "/properties", search: addressOf({ ...filtersFrom({}), view: filters.view }) });
  useCommands(
    may
      ? [
          {
            id: "properties.new",
            group: "page",
            label: t("new"),
            icon: IconPlus,
            keys: "N",
            run: () => void navigate({ to: "/properties/new" }),
          },
        ]
      : [],
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        facts={<Facts total={total} />}
        actions={
          may && (
            <Button component={To} to="/properties/new" leftSection={<IconPlus size={16} />}>
              {t("new")}
            </Button>
          )
        }
        tabs={<Views view={filters.view} onChange={(view) => change({ view })} />}
      />
      <Body>
        <MayNot right="write" />
        <FilterBar
          filters={filters}
          onChange={change}
          onClear={clear}
          shown={total === undefined || rows.length === 0 ? undefined : { count: rows.length, total }}
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
            {filters.q || narrowing(filters).length > 0 ? (
              <EmptyState
                title={t("nothing.title")}
                action={
                  <Button variant="default" onClick={clear}>
                    {t("nothing.clear")}
                  </Button>
                }
              >
                {t("nothing.text")}
              </EmptyState>
            ) : (
              <Empty view={filters.view} may={may} />
            )}
          </div>
        )}
        {rows.length > 0 && (
          <PropertyTable rows={rows} onOpen={(id) => void navigate({ to: `/properties/${id}` })} />
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
    </>
  );
}

/** How many there are, and as of when. */
function Facts({ total }: { total: number | undefined }) {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const now = useNow();
  const live = useLiveState();
  if (total === undefined) return null;
  const at = live.status === "live" ? new Date(now) : live.asOf;
  return [
    t("facts.count", { count: total, number: format.number(total) }),
    at && t(live.status === "live" ? "facts.live" : "facts.asOf", { time: format.time(at) }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function Empty({ view, may }: { view: View; may: boolean }) {
  const { t } = useTranslation("properties");
  if (view === "drafts" || view === "archived") {
    return (
      <EmptyState look="struck" title={t(`empty.${view}.title`)}>
        {t(`empty.${view}.text`)}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t("empty.use.title")}
      action={
        may && (
          <Button component={To} to="/properties/new">
            {t("new")}
          </Button>
        )
      }
    >
      {t("empty.use.text")}
    </EmptyState>
  );
}
