import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { HistoryEntry, OrderDetail } from "@/api/types.gen";
import { orderHistoryQuery } from "@/features/orders/api/orders";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { channelOf } from "@/shared/states/channels";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Inbox.module.css";

/** A line of an order's history in words: what happened, and below it how we know. */
function useEntryWords(order: OrderDetail, entries: HistoryEntry[]) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const channel = channelOf(order.channel).name;
  const firstReading = entries.findLast(
    (entry) => entry.kind === "receipt" && entry.details.source === "poll",
  );

  function told(entry: HistoryEntry): string {
    if (entry.details.source === "poll")
      return t(entry === firstReading ? "history.read" : "history.readAgain", { channel });
    if (entry.title === "ORDER_CONFIRMATION") return t("history.told", { channel });
    return t("history.receipt", { channel, topic: entry.title });
  }
  function source(entry: HistoryEntry): string {
    if (entry.details.source === "poll") return t("history.byPoll");
    const times = Number(entry.details.times) || 1;
    return times > 1 ? t("history.byPushes", { count: times }) : t("history.byPush");
  }
  return (entry: HistoryEntry): { title: string; note: string } => {
    if (entry.kind === "receipt") return { title: told(entry), note: source(entry) };
    if (entry.kind === "shipment")
      return { title: t("history.shipped"), note: `${String(entry.details.carrier)} ${String(entry.details.tracking)}` };
    return {
      title: t("history.call", { title: entry.title }),
      note: t("history.status", {
        status: String(entry.details.error || entry.details.status || "–"),
        milliseconds: format.number(Number(entry.details.milliseconds) || 0),
      }),
    };
  }; // prettier-ignore
}

/** What the channel said, what left the house and what we told, the latest first. */
export function OrderTimeline({ order }: { order: OrderDetail }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const { data, error, refetch } = useQuery(orderHistoryQuery(order.id));
  const words = useEntryWords(order, data ?? []);
  return (
    <section className="sheet" aria-labelledby="timeline">
      <header>
        <h2 id="timeline">{t("history.title")}</h2>
      </header>
      {error && !data && <ProblemNote problem={error} onRetry={() => void refetch()} />}
      {!error && !data && <LedgerSkeleton rows={2} />}
      <ol className={css.timeline}>
        {data?.map((entry, at) => {
          const { title, note } = words(entry);
          return (
            <li key={`${entry.at}${at}`}>
              <time dateTime={entry.at}>{format.seconds(new Date(entry.at))}</time>
              <span className="grow">
                <span className="small">{title}</span>
                <span className="dim caption">{note}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
