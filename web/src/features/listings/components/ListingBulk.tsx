import { IconArchive, IconArrowBackUp, IconCurrencyEuro, IconRestore, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListingRow } from "@/api/types.gen";
import { useBulk } from "@/features/listings/api/bulk";
import { allOf, type Filters } from "@/features/listings/api/listings";
import { PriceDrawer } from "@/features/listings/components/PriceDrawer";
import { setBasket } from "@/shared/basket/basket";
import { connectionsQuery, isUsable } from "@/shared/connections/connections";
import { useFormat } from "@/shared/format/format";
import { BulkBar, type BulkAction } from "@/shared/ledger/BulkBar";
import type { Selection } from "@/shared/ledger/selection";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useWithdraw, wish } from "@/shared/publications/publications";
import { confirm } from "@/shared/ui/toast";
import css from "./Listings.module.css";

interface Props {
  selection: Selection;
  filters: Filters;
  total: number | undefined;
  rows: ListingRow[];
}

/** What can be done with the picked listings; each is a job that can be watched and stopped. */
export function ListingBulk({ selection, filters, total, rows }: Props) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const navigate = useNavigate();
  const { data: connections } = useQuery(connectionsQuery);
  const withdraw = useWithdraw();
  const bulk = useBulk(filters);
  const [pricing, setPricing] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const picked = async (): Promise<ListingRow[]> => {
    const known = rows.filter((row) => selection.has(row.id));
    return selection.everything || known.length < selection.size
      ? (await allOf(filters)).filter((row) => selection.has(row.id))
      : known;
  };
  const ids = async () =>
    selection.everything ? (await allOf(filters)).map((row) => row.id) : selection.ids;
  const attempt = (act: () => Promise<void>) => {
    setProblem(undefined);
    act().then(selection.clear, setProblem);
  };
  const publish = () =>
    attempt(async () => {
      setBasket((await picked()).map((row) => ({ ...row, title: row.title || row.reference })));
      await navigate({ to: "/publish", search: { picked: "1" } });
    });
  const withdrawAll = () =>
    attempt(async () => {
      const everywhere = (connections ?? []).filter(isUsable).map((one) => one.id);
      const { wanted } = await withdraw.mutateAsync(wish(await ids(), everywhere));
      confirm(t("bulk.withdrawn", { count: wanted, number: format.number(wanted) }));
    });
  const change = (action: "archive" | "restore") =>
    attempt(async () => {
      const done = await bulk.mutateAsync({ action, selection });
      confirm(t(`bulk.${action}d`, { count: done.total, number: format.number(done.total) }));
    });

  const archived = filters.view === "archived";
  const actions: BulkAction[] = archived
    ? [{ id: "bulk.restore", label: t("bulk.restore"), icon: IconRestore, run: () => change("restore") }]
    : [
        {
          id: "bulk.publish",
          label: t("bulk.publish"),
          description: t("bulk.publishHow"),
          icon: IconSend,
          keys: "P",
          run: publish,
        },
        {
          id: "bulk.price",
          label: t("bulk.price"),
          icon: IconCurrencyEuro,
          keys: "E",
          run: () => setPricing(true),
        },
        {
          id: "bulk.withdraw",
          label: t("bulk.withdraw"),
          icon: IconArrowBackUp,
          keys: "⇧P",
          run: withdrawAll,
        },
        { id: "bulk.archive", label: t("bulk.archive"), icon: IconArchive, run: () => change("archive") },
      ];
  return (
    <>
      {problem !== undefined && (
        <div className={css.bulkProblem}>
          <ProblemNote problem={problem} />
        </div>
      )}
      <BulkBar selection={selection} total={total} actions={actions} />
      <PriceDrawer
        opened={pricing}
        count={selection.everything ? (total ?? 0) : selection.size}
        currency={rows.find((row) => row.price)?.price?.currency ?? "EUR"}
        onClose={() => setPricing(false)}
        onApply={(price) =>
          attempt(async () => {
            const done = await bulk.mutateAsync({ action: "price", selection, price });
            setPricing(false);
            confirm(t("bulk.priced", { count: done.total, number: format.number(done.total) }));
          })
        }
      />
    </>
  );
}
