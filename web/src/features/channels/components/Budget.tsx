import { useTranslation } from "react-i18next";
import type { BudgetOut } from "@/api/types.gen";
import { useFormat } from "@/shared/format/format";
import css from "./Channels.module.css";

const high = 0.8;

/** How much of a channel's limit is used; amber when it runs short. */
export function Budget({ budget }: { budget: BudgetOut | undefined }) {
  const { t } = useTranslation("channels");
  const format = useFormat();
  if (!budget || budget.limit === 0) return <span className="dim small">{t("budget.none")}</span>;
  const share = budget.used / budget.limit;
  const hours = Math.round(budget.seconds / 3600);
  return (
    <div className={css.budget}>
      <span className="small nowrap">
        {format.number(budget.used)}{" "}
        <span className="dim">{t("budget.of", { limit: format.number(budget.limit) })}</span>
      </span>
      <span
        className={css.meter}
        role="meter"
        aria-valuenow={budget.used}
        aria-valuemin={0}
        aria-valuemax={budget.limit}
        aria-label={t("budget.label")}
      >
        <i style={{ width: `${Math.min(100, share * 100)}%` }} data-high={share > high || undefined} />
      </span>
      <span className="dim caption nowrap">
        {hours >= 1
          ? t("budget.hours", { count: hours })
          : t("budget.seconds", { count: Math.round(budget.seconds) })}
      </span>
    </div>
  );
}

/** The limit that is nearest to its end. */
export function tightest(budgets: BudgetOut[]): BudgetOut | undefined {
  return budgets.toSorted((a, b) => b.used / (b.limit || 1) - a.used / (a.limit || 1))[0];
}
