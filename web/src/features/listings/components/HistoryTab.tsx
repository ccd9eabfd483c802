import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { HistoryEntry as Told, ProductOut } from "@/api/types.gen";
import { historyQuery, useUndo } from "@/features/listings/api/product";
import { ConflictNote } from "@/features/listings/components/ConflictNote";
import { RevisionChanges } from "@/features/listings/components/RevisionChanges";
import { History, type HistoryEntry } from "@/shared/history/History";
import { useActorWords } from "@/shared/jobs/useJobWords";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { confirm } from "@/shared/ui/toast";
import css from "./Product.module.css";

function useEntries(
  product: ProductOut,
  onTakeBack: (to: number) => void,
): (told: Told, at: number) => HistoryEntry {
  const { t } = useTranslation("listings");
  const actorWords = useActorWords();
  // The newest change is taken back; to an older one the product can return.
  const back = (number: number): Partial<HistoryEntry> => {
    if (product.status === "archived") return {};
    if (number < product.revision)
      return { backWords: t("history.return"), onTakeBack: () => onTakeBack(number) };
    return number > 1 ? { onTakeBack: () => onTakeBack(number - 1) } : {};
  };
  return (told, at) => {
    const { details } = told;
    const entry: HistoryEntry = { id: `${told.at}${at}`, at: told.at, by: actorWords(told.cause) };
    if (told.kind === "revision") {
      const number = Number(details.number);
      const changed = Array.isArray(details.changed) ? details.changed.map(String) : [];
      return {
        ...entry,
        revision: number,
        isChange: true,
        details: <RevisionChanges listingId={product.id} number={number} changed={changed} />,
        cause: details.undo_of ? t("history.undoOf", { revision: String(details.undo_of) }) : undefined,
        ...back(number),
      };
    }
    if (told.kind === "stock") {
      const delta = Number(details.delta);
      const words = {
        sku: String(details.sku),
        delta: `${delta > 0 ? "+" : "−"}${Math.abs(delta)}`,
        balance: String(details.balance),
      };
      return { ...entry, isChange: true, says: t("history.stock", words) };
    }
    if (told.kind === "live") return { ...entry, state: "live", says: t("history.live", { id: told.title }) };
    if (told.kind === "ended")
      return { ...entry, state: "ended", says: t("history.ended", { id: told.title }) };
    const answer = String(details.error || details.status || "–");
    return {
      ...entry,
      says: `${told.title} · ${t("history.answer", { answer, milliseconds: String(details.milliseconds ?? "") })}`,
    };
  };
}

/** Changes, stock, calls and what came of them, in one line of time. */
export function HistoryTab({ product }: { product: ProductOut }) {
  const { t } = useTranslation("listings");
  const { data, error, refetch } = useQuery(historyQuery(product.id));
  const undo = useUndo(product.id);
  const toEntry = useEntries(product, (to) =>
    undo.mutate(to, {
      onSuccess: () =>
        confirm(
          to === product.revision - 1 ? t("product.undone") : t("history.returned", { revision: String(to) }),
        ),
    }),
  );
  return (
    <section className="sheet" aria-labelledby="history">
      <header>
        <h2 id="history">{t("tab.history")}</h2>
      </header>
      <ConflictNote
        error={undo.error}
        listingId={product.id}
        onInsist={() => undo.variables && undo.mutate(undo.variables)}
        onGiveIn={undo.reset}
      />
      <div className={css.texts}>
        {error && !data && <ProblemNote problem={error} onRetry={() => void refetch()} />}
        {data ? <History entries={data.map(toEntry)} /> : !error && <LedgerSkeleton rows={5} />}
      </div>
    </section>
  );
}
