import { ActionIcon, Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconRefresh, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ordersQuery, statesOf, tabs, type Tab } from "@/features/orders/api/orders";
import { OrderRow } from "@/features/orders/components/OrderRow";
import { useCommands } from "@/shared/commands/commands";
import { orderCountsQuery } from "@/shared/counts/counts";
import { useFormat } from "@/shared/format/format";
import { useNow } from "@/shared/format/clock";
import { useLiveEvents, useLiveState } from "@/shared/live/live";
import type { LiveEvent } from "@/shared/live/liveClient";
import { useHeldList } from "@/shared/live/useHeldList";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { EmptyState } from "@/shared/ui/EmptyState";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Inbox.module.css";

interface Props {
  tab: Tab;
  search: string;
  current?: string;
  onFilter: (filter: { tab?: Tab; search?: string }) => void;
  onOpen: (id: string) => void;
  /** Asks every channel now; absent for who may only read. */
  onFetch?: () => void;
}

function useArrivals() {
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  useLiveEvents(
    useCallback((event: LiveEvent) => {
      const id = event.entity_id;
      if (event.entity === "order" && event.payload.new === true && id)
        setArrived((before) => new Set(before).add(id));
    }, []),
  );
  return arrived;
}

/** The inbox: newest first, arriving live, never jumping while somebody reads further down. */
export function OrderList({ tab, search, current, onFilter, onOpen, onFetch }: Props) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const live = useLiveState();
  const now = useNow();
  const query = useInfiniteQuery(ordersQuery(tab, search));
  const counts = useQuery(orderCountsQuery).data?.counts;
  const arrived = useArrivals();
  const [held, setHeld] = useState(false);
  const scroller = useRef<HTMLElement>(null);
  const orders = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { shown, fresh } = useHeldList(orders, (order) => order.id, held);

  const step = (by: 1 | -1) => {
    const at = shown.findIndex((order) => order.id === current);
    const next = shown[at < 0 ? 0 : at + by];
    if (next) onOpen(next.id);
  };
  useCommands([
    { id: "inbox.next", group: "page", label: t("next"), keys: "J", keysOnly: true, run: () => step(1) },
    { id: "inbox.before", group: "page", label: t("before"), keys: "K", keysOnly: true, run: () => step(-1) },
  ]);

  const countOf = (of: Tab) => {
    const all = counts && Object.values(counts).reduce((sum, count) => sum + count, 0);
    return statesOf[of] ? statesOf[of].reduce((sum, state) => sum + (counts?.[state] ?? 0), 0) : all;
  };
  const label = (of: Tab) => `${t(`tab.${of}`)}${counts ? ` ${format.number(countOf(of) ?? 0)}` : ""}`;
  const address = { tab: tab === "open" ? undefined : tab, q: search || undefined };

  return (
    <section
      ref={scroller}
      className={css.list}
      aria-label={t("list")}
      onScroll={(event) => setHeld(event.currentTarget.scrollTop > 40)}
    >
      <div className={css.listHead}>
        <p className={css.h1} aria-hidden>
          {t("title")}
        </p>
        <span className="row caption dim" style={{ gap: 6 }}>
          {live.status === "live" && (
            <>
              <span className="dot" />
              {t("live", { time: format.time(new Date(now)) })}
            </>
          )}
          {onFetch && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={t("fetch")}
              title={t("fetch")}
              onClick={onFetch}
            >
              <IconRefresh size={16} aria-hidden />
            </ActionIcon>
          )}
        </span>
      </div>
      <div className={css.filters}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t("filter")}
          value={tab}
          onChange={(value) => onFilter({ tab: value as Tab })}
          data={tabs.map((value) => ({ value, label: label(value) }))}
        />
        <TextInput
          key={search}
          size="xs"
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={15} />}
          defaultValue={search}
          onKeyDown={(event) =>
            event.key === "Enter" && onFilter({ search: event.currentTarget.value.trim() })
          }
          onBlur={(event) => onFilter({ search: event.currentTarget.value.trim() })}
        />
      </div>
      <div aria-live="polite">
        {fresh > 0 && (
          <button className={css.fresh} onClick={() => scroller.current?.scrollTo({ top: 0 })}>
            {t("fresh", { count: fresh })}
          </button>
        )}
      </div>
      {query.isPending && <LedgerSkeleton />}
      {query.isError && (
        <div className={css.note}>
          <ProblemNote problem={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isSuccess && shown.length === 0 && <Nothing tab={tab} search={search} />}
      {shown.length > 0 && (
        <ul>
          {shown.map((order) => (
            <OrderRow
              key={order.id}
              order={order}
              current={order.id === current}
              arrived={arrived.has(order.id)}
              search={address}
            />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className={css.note}>
          <Button
            fullWidth
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t("action.more", { ns: "shared" })}
          </Button>
        </div>
      )}
    </section>
  );
}

function Nothing({ tab, search }: { tab: Tab; search: string }) {
  const { t } = useTranslation("orders");
  if (search) return <EmptyState title={t("nothing.title")}>{t("nothing.text", { search })}</EmptyState>;
  if (tab === "all") return <EmptyState title={t("empty.first.title")}>{t("empty.first.text")}</EmptyState>;
  return (
    <EmptyState look="struck" title={t("empty.title")}>
      {t("empty.text")}
    </EmptyState>
  );
}
