import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { tabs, useFetchOrders, type Tab } from "@/features/orders/api/orders";
import { OrderContext } from "@/features/orders/components/OrderContext";
import { OrderList } from "@/features/orders/components/OrderList";
import { OrderPanel } from "@/features/orders/components/OrderPanel";
import { useRights } from "@/shared/auth/rights";
import { useCommands } from "@/shared/commands/commands";
import { EmptyState } from "@/shared/ui/EmptyState";
import { confirm } from "@/shared/ui/toast";
import css from "./Inbox.module.css";

/** Orders: the list left, the chosen one in the middle, its buyer right. The choice and the filters are the address. */
export function InboxPage() {
  const { t } = useTranslation("orders");
  const navigate = useNavigate();
  const { orderId } = useParams({ strict: false }) as { orderId?: string };
  const filters = useSearch({ strict: false }) as { tab?: string; q?: string };
  const fetchOrders = useFetchOrders();
  const tab = tabs.find((known) => known === filters.tab) ?? "open";
  const search = filters.q ?? "";
  const address = (next: { tab?: Tab; search?: string }) => ({
    tab: (next.tab ?? tab) === "open" ? undefined : (next.tab ?? tab),
    q: (next.search ?? search) || undefined,
  });
  const back = () => void navigate({ to: "/inbox", search: address({}) });
  const may = useRights().write;
  const fetchNow = () => fetchOrders.mutate(undefined, { onSuccess: () => confirm(t("fetched")) });
  useCommands([
    ...(may
      ? [{ id: "inbox.fetch", group: "page" as const, label: t("fetch"), icon: IconDownload, run: fetchNow }]
      : []),
    ...(orderId
      ? [
          {
            id: "inbox.back",
            group: "page" as const,
            label: t("back"),
            keys: "Esc",
            keysOnly: true as const,
            run: back,
          },
        ]
      : []),
  ]);
  return (
    <div className={css.root} data-open={orderId ? true : undefined}>
      <h1 className="vh">{t("title")}</h1>
      <OrderList
        tab={tab}
        search={search}
        current={orderId}
        onOpen={(id) => void navigate({ to: `/inbox/${id}`, search: address({}) })}
        onFetch={may ? fetchNow : undefined}
        onFilter={(next) =>
          void navigate({ to: orderId ? `/inbox/${orderId}` : "/inbox", search: address(next) })
        }
      />
      {orderId ? (
        <>
          <OrderPanel key={orderId} id={orderId} onBack={back} />
          <OrderContext id={orderId} />
        </>
      ) : (
        <section className={css.talk} aria-label={t("detail")}>
          <EmptyState title={t("choose.title")}>{t("choose.text")}</EmptyState>
        </section>
      )}
    </div>
  );
}
