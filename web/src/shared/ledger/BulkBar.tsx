import { IconX, type Icon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCommands } from "@/shared/commands/commands";
import { useFormat } from "@/shared/format/format";
import type { Selection } from "@/shared/ledger/selection";
import css from "./BulkBar.module.css";

export interface BulkAction {
  id: string;
  label: string;
  description?: string;
  icon: Icon;
  keys?: string;
  run: () => void;
}

interface Props {
  selection: Selection;
  /** How many match the filters in all; undefined while that is not known. */
  total?: number;
  actions: BulkAction[];
}

/** What can be done with the picked rows: ink, at the foot, each with its key. */
export function BulkBar({ selection, total, actions }: Props) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const count = selection.everything ? (total ?? selection.size) : selection.size;
  useCommands(
    count === 0
      ? []
      : [
          ...actions.map((action) => ({
            ...action,
            group: "selection" as const,
            groupLabel: t("select.forCount", { count, number: format.number(count) }),
          })),
          {
            id: "bulk.clear",
            group: "page",
            label: t("select.clear"),
            keys: "Esc",
            keysOnly: true,
            run: selection.clear,
          },
        ],
  );
  if (count === 0) return null;
  return (
    <div className={css.bar} role="toolbar" aria-label={t("select.forSelection")}>
      <span className="medium nowrap">{t("select.count", { count, number: format.number(count) })}</span>
      {total !== undefined && !selection.everything && selection.size < total && (
        <button className={css.all} onClick={selection.selectEverything}>
          {t("select.everything", { count: total, number: format.number(total) })}
        </button>
      )}
      <i />
      {actions.map((action) => (
        <button key={action.id} onClick={action.run} aria-label={action.label}>
          <action.icon size={16} aria-hidden />
          <span className={css.word}>{action.label}</span>
          {action.keys && <kbd aria-hidden>{action.keys}</kbd>}
        </button>
      ))}
      <i />
      <button aria-label={t("select.clear")} onClick={selection.clear}>
        <IconX size={16} aria-hidden />
        <kbd aria-hidden>Esc</kbd>
      </button>
    </div>
  );
}
