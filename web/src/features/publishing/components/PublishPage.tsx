import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconRefresh, IconSearch, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { runningQuery } from "@/features/publishing/api/grid";
import { GridTable } from "@/features/publishing/components/GridTable";
import { Inspector } from "@/features/publishing/components/Inspector";
import { Legend } from "@/features/publishing/components/Legend";
import { Nothing } from "@/features/publishing/components/Nothing";
import { useGrid } from "@/features/publishing/useGrid";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { useBasket } from "@/shared/basket/basket";
import { useCommands } from "@/shared/commands/commands";
import { useFormat } from "@/shared/format/format";
import { LiveJob } from "@/shared/jobs/LiveJob";
import { Body } from "@/shared/layout/Body";
import { useSelection } from "@/shared/ledger/selection";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { usePublishPairs, useWithdraw, wish, type Wish } from "@/shared/publications/publications";
import { PageHeader } from "@/shared/ui/PageHeader";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { confirm } from "@/shared/ui/toast";
import css from "./Publishing.module.css";

const shows = ["all", "problems", "ready"] as const;
type Show = (typeof shows)[number];

/** Listings times connections: checked without a call, sent together, watched as they become live. */
export function PublishPage() {
  const { t } = useTranslation("publishing");
  const format = useFormat();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { picked?: string; q?: string; show?: string };
  const from = search.picked ? "basket" : "catalogue";
  const show = shows.find((known) => known === search.show) ?? "all";
  const grid = useGrid(from, search.q ?? "");
  const selection = useSelection();
  const publish = usePublishPairs();
  const withdraw = useWithdraw();
  const may = useRights().write;
  const basket = useBasket();
  const { data: running } = useQuery(runningQuery);
  const [picked, setPicked] = useState<{ listing: string; connection: string }>();
  const goTo = (change: Record<string, string | undefined>) =>
    void navigate({ to: "/publish", search: { ...search, ...change } });

  const states = (id: string) => grid.connections.map((one) => grid.cellAt(id, one.id));
  const fits: Record<Show, (id: string) => boolean> = {
    all: () => true,
    problems: (id) =>
      states(id).some((cell) => cell && ["problem", "rejected", "in_doubt"].includes(cell.state)),
    ready: (id) => states(id).some((cell) => cell?.sendable),
  };
  const rows = grid.rows.filter((row) => fits[show](row.id));
  const chosen = rows.filter((row) => selection.size === 0 || selection.has(row.id));
  const sendable = chosen.filter((row) => states(row.id).some((cell) => cell?.sendable));

  const send = (wishes: Wish[]) =>
    publish.mutate(wishes, {
      onSuccess: ({ wanted, blocked }) => {
        selection.clear();
        const words = [t("sent", { count: wanted, number: format.number(wanted) })];
        if (blocked.length > 0)
          words.push(t("held", { count: blocked.length, number: format.number(blocked.length) }));
        confirm(words.join(" "));
      },
    });
  // Beyond what is shown nothing was checked here; the server checks again and keeps back what can't go.
  const unseen =
    from === "basket" && selection.size === 0 && show === "all" ? basket.ids.slice(basket.rows.length) : [];
  const sendAll = () => {
    const wishes = grid.connections.map((one) => {
      const ids = sendable.filter((row) => grid.cellAt(row.id, one.id)?.sendable).map((row) => row.id);
      return wish([...ids, ...unseen], [one.id]);
    });
    send(wishes.filter((one) => one.body.listing_ids.length > 0));
  };
  const sendCount = sendable.length + unseen.length;
  useCommands([
    ...(may
      ? [
          {
            id: "publish.send",
            group: "page" as const,
            label: t("send", { count: sendCount, number: format.number(sendCount) }),
            icon: IconSend,
            keys: "P",
            run: sendAll,
          },
        ]
      : []),
    { id: "publish.check", group: "page", label: t("check"), icon: IconRefresh, run: grid.check },
  ]);

  const row = rows.find((one) => one.id === picked?.listing) ?? rows[0];
  const connection = grid.connections.find((one) => one.id === picked?.connection) ?? grid.connections[0];
  const cell = row && connection && grid.cellAt(row.id, connection.id);
  const facts = [
    t("facts.size", { listings: format.number(grid.total), count: grid.connections.length }),
    grid.isChecking
      ? t("facts.checking")
      : grid.checkedAt > 0 && t("facts.checked", { time: format.time(new Date(grid.checkedAt)) }),
  ];
  return (
    <>
      <PageHeader
        title={t("title")}
        facts={facts.filter(Boolean).join(" · ")}
        actions={
          grid.connections.length > 0 && (
            <>
              <Button
                variant="default"
                leftSection={<IconRefresh size={16} />}
                loading={grid.isChecking}
                onClick={grid.check}
              >
                {t("check")}
              </Button>
              {may && (
                <Button
                  leftSection={<IconSend size={16} />}
                  disabled={sendCount === 0}
                  loading={publish.isPending}
                  onClick={sendAll}
                >
                  {t("send", { count: sendCount, number: format.number(sendCount) })}
                </Button>
              )}
            </>
          )
        }
      />
      <Body className={css.page}>
        {running?.slice(0, 2).map((job) => (
          <LiveJob key={job.id} job={job} />
        ))}
        <MayNot right="write" />
        {publish.isError && <ProblemNote problem={publish.error} />}
        {withdraw.isError && <ProblemNote problem={withdraw.error} />}
        {grid.error && <ProblemNote problem={grid.error} onRetry={grid.retry} />}
        {grid.isPending && (
          <div className="sheet">
            <LedgerSkeleton />
          </div>
        )}
        {!grid.isPending && !grid.error && (grid.connections.length === 0 || grid.rows.length === 0) && (
          <Nothing from={from} hasConnections={grid.connections.length > 0} words={search.q} />
        )}
        {grid.connections.length > 0 && grid.rows.length > 0 && (
          <div className={css.split}>
            <section className="sheet">
              <header className={css.tools}>
                <TextInput
                  key={search.q}
                  w={220}
                  size="xs"
                  aria-label={t("search")}
                  placeholder={t("search")}
                  leftSection={<IconSearch size={15} />}
                  defaultValue={search.q}
                  onKeyDown={(event) =>
                    event.key === "Enter" && goTo({ q: event.currentTarget.value.trim() || undefined })
                  }
                  onBlur={(event) =>
                    event.currentTarget.value.trim() !== (search.q ?? "") &&
                    goTo({ q: event.currentTarget.value.trim() || undefined })
                  }
                />
                <SegmentedControl
                  size="xs"
                  aria-label={t("show.label")}
                  value={show}
                  onChange={(value) => goTo({ show: value === "all" ? undefined : value })}
                  data={shows.map((value) => ({ value, label: t(`show.${value}`) }))}
                />
                {from === "basket" && (
                  <Button size="compact-xs" variant="subtle" onClick={() => goTo({ picked: undefined })}>
                    {t("wholeCatalogue")}
                  </Button>
                )}
                <span className="dim caption end desktop">
                  <kbd>↑↓←→</kbd> {t("keys.move")} · <kbd>{t("keys.space")}</kbd> {t("keys.pick")} ·{" "}
                  <kbd>P</kbd> {t("keys.send")}
                </span>
              </header>
              <GridTable
                grid={grid}
                rows={rows}
                selection={selection}
                current={row && connection && `${row.id}/${connection.id}`}
                onPick={(listing, at) => setPicked({ listing, connection: at })}
              />
              <footer className={`small dim ${css.foot}`}>
                <span>
                  {t("footer", { shown: format.number(rows.length), total: format.number(grid.total) })}
                </span>
                <Legend grid={grid} rows={rows} />
                {grid.hasMore && (
                  <Button size="xs" variant="default" loading={grid.isLoadingMore} onClick={grid.loadMore}>
                    {t("action.more", { ns: "shared" })}
                  </Button>
                )}
              </footer>
            </section>
            {row && connection && cell && (
              <Inspector
                key={`${row.id}/${connection.id}`}
                row={row}
                connection={connection}
                cell={cell}
                isSending={publish.isPending || withdraw.isPending}
                onSend={may ? () => send([wish([row.id], [connection.id])]) : undefined}
                onWithdraw={
                  may
                    ? () =>
                        withdraw.mutate(wish([row.id], [connection.id]), {
                          onSuccess: () =>
                            confirm(t("withdrawn", { listing: row.title }), () =>
                              send([wish([row.id], [connection.id])]),
                            ),
                        })
                    : undefined
                }
              />
            )}
          </div>
        )}
      </Body>
    </>
  );
}
