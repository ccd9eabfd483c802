import { IconPackage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { OrderOut } from "@/api/types.gen";
import { useFormat } from "@/shared/format/format";
import { StateText } from "@/shared/states/Chip";
import { Mark } from "@/shared/states/Mark";
import { To } from "@/shared/ui/To";
import css from "./Inbox.module.css";

interface Props {
  order: OrderOut;
  current: boolean;
  /** Arrived while the page was open. */
  arrived: boolean;
  search: Record<string, string | undefined>;
}

/** One order in the list: who, what, how much, and what is to do about it. */
export function OrderRow({ order, current, arrived, search }: Props) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const more = order.line_count > 1 ? t("more", { count: order.line_count - 1 }) : undefined;
  return (
    <li aria-current={current || undefined} className={arrived ? "live-in" : undefined}>
      <To to={`/inbox/${order.id}`} search={search}>
        <IconPackage size={18} stroke={1.7} aria-hidden />
        <div className="grow">
          <div className="row">
            <span className={`${css.from} clip grow`}>{order.buyer_name || t("noBuyer")}</span>
            <time className="caption dim" dateTime={order.placed_at}>
              {format.moment(new Date(order.placed_at))}
            </time>
          </div>
          <div className="row">
            <span className="small clip grow">{[order.first_title, more].filter(Boolean).join(" ")}</span>
            <span className="num small">{format.money(order.total_minor, order.currency)}</span>
          </div>
          <div className="row">
            <span className="caption dim clip grow">
              {order.number} · {t("pieces", { count: order.piece_count })}
            </span>
            <StateText state={order.state}>
              {order.state === "to_ship" && order.fulfilment === "in_progress" ? t("partly") : undefined}
            </StateText>
            <Mark channel={order.channel} size={20} />
          </div>
        </div>
      </To>
    </li>
  );
}
