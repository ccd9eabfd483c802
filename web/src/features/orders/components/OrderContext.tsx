import { Button } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { orderQuery } from "@/features/orders/api/orders";
import { addressLines } from "@/features/orders/address";
import { useFormat } from "@/shared/format/format";
import { confirm } from "@/shared/ui/toast";
import css from "./Inbox.module.css";

const known = ["pending", "paid", "failed", "refunded", "partially_refunded"] as const;

/** Who bought, where it goes, and the dates of the order. */
export function OrderContext({ id }: { id: string }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const { data: order } = useQuery(orderQuery(id));
  if (!order) return <aside className={css.context} aria-label={t("context")} />;
  const lines = addressLines(order.buyer);
  const text = (name: string) => (typeof order.buyer[name] === "string" ? order.buyer[name] : "");
  const payment = known.find((word) => word === order.payment);
  const moment = (at: string) => `${format.date(new Date(at))}, ${format.time(new Date(at))}`;
  const copy = async () => {
    await navigator.clipboard.writeText(lines.join("\n"));
    confirm(t("buyer.copied"));
  };
  return (
    <aside className={css.context} aria-label={t("context")}>
      <section>
        <h3>{t("buyer.title")}</h3>
        {lines.length > 0 && (
          <address className={css.address}>
            {lines.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </address>
        )}
        {lines.length > 0 && (
          <Button
            size="xs"
            fullWidth
            variant="default"
            leftSection={<IconCopy size={15} />}
            onClick={() => void copy()}
          >
            {t("buyer.copy")}
          </Button>
        )}
        <dl className={`facts ${css.facts}`}>
          {(["username", "email", "phone", "note"] as const).map((name) =>
            text(name) ? (
              <div key={name} className={css.fact}>
                <dt>{t(`buyer.${name}`)}</dt>
                <dd>{text(name)}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </section>
      <section>
        <h3>{t("facts.title")}</h3>
        <dl className="facts">
          <dt>{t("facts.number")}</dt>
          <dd>{order.number}</dd>
          <dt>{t("facts.payment")}</dt>
          <dd>{payment ? t(`payment.${payment}`) : order.payment}</dd>
          <dt>{t("facts.placed")}</dt>
          <dd>{moment(order.placed_at)}</dd>
          <dt>{t("facts.received")}</dt>
          <dd>{moment(order.received_at)}</dd>
          <dt>{t("facts.changed")}</dt>
          <dd>{moment(order.changed_at)}</dd>
        </dl>
      </section>
    </aside>
  );
}
