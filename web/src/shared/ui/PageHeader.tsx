import { To } from "@/shared/ui/To";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "./PageHeader.module.css";

interface Props {
  title: string;
  /** One line of facts with their age. */
  facts?: ReactNode;
  crumbs?: { label: string; to: string }[];
  badge?: ReactNode;
  /** One primary action at most. */
  actions?: ReactNode;
  /** Tabs replace the double rule. */
  tabs?: ReactNode;
}

/** Title, one line of facts with their age, actions right. */
export function PageHeader({ title, facts, crumbs, badge, actions, tabs }: Props) {
  const { t } = useTranslation("shared");
  return (
    <header className={css.root}>
      {crumbs && (
        <nav aria-label={t("path")} className={css.crumbs}>
          {crumbs.map((crumb) => (
            <To key={crumb.to} to={crumb.to}>
              {crumb.label}
              <span aria-hidden> / </span>
            </To>
          ))}
        </nav>
      )}
      <div className={css.line}>
        <div className={css.title}>
          <div className={css.h}>
            <h1>{title}</h1>
            {badge}
          </div>
          {facts && <p className={css.facts}>{facts}</p>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
      {tabs ? <div className={css.tabs}>{tabs}</div> : <hr className={`double-rule ${css.rule}`} />}
    </header>
  );
}
