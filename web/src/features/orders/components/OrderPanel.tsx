import { ActionIcon, Button } from "@mantine/core";
import { IconArrowLeft, IconClockDollar, IconHandStop, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { OrderDetail, ShipmentOut } from "@/api/types.gen";
import { orderQuery, useTellAgain } from "@/features/orders/api/orders";
import { OrderLines } from "@/features/orders/components/OrderLines";
import { OrderTimeline } from "@/features/orders/components/OrderTimeline";
import { ShipForm } from "@/features/orders/components/ShipForm";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { FieldProblem } from "@/shared/problems/FieldProblem";
import { Chip } from "@/shared/states/Chip";
import { channelOf, marketplaceOf } from "@/shared/states/channels";
import { tone } from "@/shared/states/tone";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Inbox.module.css";

/** Why nothing can be shipped now, where that is so. */
function Standstill({ order }: { order: OrderDetail }) {
  const { t } = useTranslation("orders");
  if (order.state === "unpaid") {
    return <Note tone="wanted" icon={IconClockDollar} title={t("unpaid.title")} text={t("unpaid.text")} />;
  }
  if (order.state === "cancel_requested") {
    return (
      <Note
        tone="attention"
        icon={IconHandStop}
        title={t("cancelRequested.title")}
        text={t("cancelRequested.text")}
      />
    );
  }
  if (order.state === "cancelled") {
    return <Note tone="wanted" icon={IconX} title={t("cancelled.title")} text={t("cancelled.text")} />;
  }
  return null;
}

interface NoteProps {
  tone: "wanted" | "attention";
  icon: typeof IconX;
  title: string;
  text: string;
}

function Note({ tone: name, icon: Icon, title, text }: NoteProps) {
  return (
    <section className={css.standstill} style={tone(name)}>
      <h3>
        <Icon size={18} stroke={1.8} aria-hidden />
        {title}
      </h3>
      <p className="small">{text}</p>
    </section>
  );
}

function Shipment({ order, shipment }: { order: OrderDetail; shipment: ShipmentOut }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const tell = useTellAgain(order.id);
  const may = useRights().write;
  return (
    <li>
      <div className="row">
        <span className="grow">
          <span className="medium">{shipment.carrier}</span> <span className="ink2">{shipment.tracking}</span>
          <br />
          <span className="dim caption">{format.moment(new Date(shipment.shipped_at))}</span>
        </span>
        <Chip state={shipment.state} />
      </div>
      {shipment.problem && <FieldProblem problem={shipment.problem} />}
      {tell.isError && <ProblemNote problem={tell.error} />}
      {may && shipment.state === "failed" && (
        <Button size="xs" variant="default" loading={tell.isPending} onClick={() => tell.mutate(shipment.id)}>
          {t("shipments.again")}
        </Button>
      )}
    </li>
  );
}

/** Some of it has left, some has not. */
const isPartly = (order: OrderDetail) => order.state === "to_ship" && order.shipments.length > 0;

/** One order: what to send, to whom, and what happened so far. */
export function OrderPanel({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const may = useRights().write;
  const { data: order, error, refetch } = useQuery(orderQuery(id));
  if (!order) {
    return (
      <section className={css.talk} aria-label={t("detail")}>
        <div className={css.note}>
          {error ? (
            <ProblemNote problem={error} onRetry={() => void refetch()} />
          ) : (
            <LedgerSkeleton rows={4} />
          )}
        </div>
      </section>
    );
  }
  const via = t("via", {
    channel: channelOf(order.channel).name,
    marketplace: marketplaceOf(order.marketplace),
  });
  return (
    <section className={css.talk} aria-label={t("detail")}>
      <header>
        <ActionIcon className="phone" variant="subtle" size={40} aria-label={t("back")} onClick={onBack}>
          <IconArrowLeft size={20} />
        </ActionIcon>
        <div className="grow">
          <h2 className="clip">{order.buyer_name || t("noBuyer")}</h2>
          <p className="dim caption clip">
            {t("order", { number: order.number })} · {via} · {format.moment(new Date(order.placed_at))}
          </p>
        </div>
        <Chip state={order.state}>{isPartly(order) ? t("partly") : undefined}</Chip>
      </header>
      <div className={css.messages}>
        <Standstill order={order} />
        <OrderLines order={order} />
        {order.state === "to_ship" &&
          (may ? <ShipForm key={order.revision} order={order} /> : <MayNot right="write" />)}
        {order.shipments.length > 0 && (
          <section className="sheet" aria-labelledby="shipments">
            <header>
              <h2 id="shipments">{t("shipments.title")}</h2>
            </header>
            <ul className={css.shipments}>
              {order.shipments.map((shipment) => (
                <Shipment key={shipment.id} order={order} shipment={shipment} />
              ))}
            </ul>
          </section>
        )}
        <OrderTimeline order={order} />
      </div>
    </section>
  );
}
