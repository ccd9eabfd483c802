import { IconPackage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { recentOrdersQuery } from "@/features/today/api/today";
import { useFormat } from "@/shared/format/format";
import { useLiveEvents, useLiveState } from "@/shared/live/live";
import type { LiveEvent } from "@/shared/live/liveClient";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Mark } from "@/shared/states/Mark";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Today.module.css";

/** The newest orders; one that arrives while the page is open is tinted. */
export function Arrivals() {
  const { t } = useTranslation("today");
  const format = useFormat();
  const live = useLiveState();
  const { data, error, refetch } = useQuery(recentOrdersQuery);
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  useLiveEvents(
    useCallback((event: LiveEvent) => {
      const id = event.entity_id;
      if (event.entity === "order" && event.payload.new === true && id)
        setArrived((before) => new Set(before).add(id));
    }, []),
  );
  return (
    <section className="sheet" aria-labelledby="arrivals">
      <header>
        <h2 id="arrivals">{t("arrivals.title")}</h2>
        {live.status === "live" && (
          <>
            <span className="dot" />
            <span className="dim caption">{t("arrivals.live")}</span>
          </>
        )}
        <To className="link caption end" to="/inbox">
          {t("arrivals.open")}
        </To>
      </header>
      {error && !data && <ProblemNote problem={error} onRetry={() => void refetch()} />}
      {!error && !data && <LedgerSkeleton rows={3} />}
      {data && data.length === 0 && <p className={css.quiet}>{t("arrivals.none")}</p>}
      <ol className={css.arrivals} aria-live="polite">
        {data?.map((order) => (
          <li key={order.id} data-fresh={arrived.has(order.id) || undefined}>
            <To to={`/inbox/${order.id}`}>
              <time dateTime={order.placed_at}>{format.moment(new Date(order.placed_at))}</time>
              <IconPackage size={17} stroke={1.7} aria-hidden className={css.kind} />
              <span className="grow">
                <span className="clip">{order.first_title}</span>
                <span className="dim caption clip">
                  {order.number} · {order.buyer_name}
                </span>
              </span>
              <span className="num medium small">{format.money(order.total_minor, order.currency)}</span>
              <Mark channel={order.channel} size={24} />
            </To>
          </li>
        ))}
      </ol>
    </section>
  );
}
