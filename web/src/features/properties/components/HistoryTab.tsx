import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PropertyOut, RevisionRow } from "@/api/types.gen";
import { historyQuery, revisionQuery, useUndo } from "@/features/properties/api/property";
import { changesBetween } from "@/features/properties/changes";
import { ConflictNote } from "@/features/properties/components/ConflictNote";
import { usePropertyWords } from "@/features/properties/usePropertyWords";
import { useFormat } from "@/shared/format/format";
import { History, Replacements, type HistoryEntry } from "@/shared/history/History";
import { useActorWords } from "@/shared/jobs/useJobWords";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { confirm } from "@/shared/ui/toast";
import css from "./Property.module.css";

/** What a revision changed, old and new; only the names of the fields until both revisions are here. */
function Changes({ property, row }: { property: PropertyOut; row: RevisionRow }) {
  const format = useFormat();
  const words = usePropertyWords();
  const enabled = row.changed.length > 0 && row.number > 1;
  const after = useQuery({ ...revisionQuery(property.id, row.number), enabled });
  const before = useQuery({ ...revisionQuery(property.id, row.number - 1), enabled });
  if (row.changed.length === 0) return null;
  if (!before.data || !after.data)
    return <p className="small">{format.list(row.changed.map(words.field))}</p>;
  const currency = property.prices?.currency;
  const changes = changesBetween(before.data.snapshot, after.data.snapshot, row.changed);
  return (
    <Replacements
      changes={changes.map(({ path, from, to }) => ({
        name: words.field(path),
        from: words.value(path, from, currency),
        to: words.value(path, to, currency),
      }))}
    />
  );
}

/** All changes, newest first, each with its cause and the way back. */
export function HistoryTab({ property }: { property: PropertyOut }) {
  const { t } = useTranslation("properties");
  const actorWords = useActorWords();
  const { data, error, refetch } = useQuery(historyQuery(property.id));
  const undo = useUndo(property.id);
  const back = (to: number) =>
    undo.mutate(to, {
      onSuccess: () =>
        confirm(to === property.revision - 1 ? t("undone") : t("history.returned", { revision: to })),
    });
  // The newest change is taken back; to an older one the property can return.
  const wayBack = ({ number }: RevisionRow): Partial<HistoryEntry> => {
    if (property.status === "archived") return {};
    if (number < property.revision) return { backWords: t("history.return"), onTakeBack: () => back(number) };
    return number > 1 ? { onTakeBack: () => back(number - 1) } : {};
  };
  const entryOf = (row: RevisionRow): HistoryEntry => ({
    id: String(row.number),
    at: row.at,
    by: actorWords({ ...row.cause }),
    revision: row.number,
    isChange: true,
    details: <Changes property={property} row={row} />,
    says: row.number === 1 ? t("history.first") : undefined,
    cause: row.undo_of ? t("history.undoOf", { revision: row.undo_of }) : undefined,
    ...wayBack(row),
  });
  return (
    <section className="sheet" aria-labelledby="history">
      <header>
        <h2 id="history">{t("tab.history")}</h2>
      </header>
      <div className={css.inside}>
        <ConflictNote
          error={undo.error}
          propertyId={property.id}
          onInsist={() => undo.variables && undo.mutate(undo.variables)}
          onGiveIn={undo.reset}
        />
        {error && !data && <ProblemNote problem={error} onRetry={() => void refetch()} />}
        {data ? <History entries={data.map(entryOf)} /> : !error && <LedgerSkeleton rows={5} />}
      </div>
    </section>
  );
}
