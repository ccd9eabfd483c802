import { useTranslation } from "react-i18next";
import { Body } from "@/shared/layout/Body";
import { FieldProblem } from "@/shared/problems/FieldProblem";
import { Problem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Chip } from "@/shared/states/Chip";
import { states } from "@/shared/states/states";
import { EmptyState } from "@/shared/ui/EmptyState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./StatesPage.module.css";

/** Every state that a page can be in, side by side: for those who build pages, reachable by its address alone. */
export function StatesPage() {
  const { t } = useTranslation("states");
  const noop = () => undefined;
  return (
    <>
      <PageHeader title={t("title")} facts={t("facts")} />
      <Body className={css.grid}>
        <ProblemNote problem={new Problem("unauthenticated", 401, t("refusedBy"))} onRetry={noop} />
        <ProblemNote problem={new Problem("client.timeout", 504, t("unreachable"))} onRetry={noop} />
        <ProblemNote problem={new Problem("invalid", 422, t("no"))} />
        <section className="sheet">
          <EmptyState title={t("open.title")}>{t("open.text")}</EmptyState>
        </section>
        <section className="sheet">
          <EmptyState title={t("struck.title")} look="struck">
            {t("struck.text")}
          </EmptyState>
        </section>
        <ProblemNote problem={new Problem("forbidden", 403, "", { needs: "admin" })} />
        <section className="sheet">
          <header>
            <h2>{t("loading")}</h2>
          </header>
          <LedgerSkeleton rows={4} />
        </section>
        <section className="sheet">
          <header>
            <h2>{t("vocabulary")}</h2>
          </header>
          <div className={css.words}>
            {Object.keys(states).map((state) => (
              <Chip key={state} state={state} />
            ))}
          </div>
        </section>
        <section className="sheet">
          <header>
            <h2>{t("noAtField")}</h2>
          </header>
          <div className={css.words}>
            <FieldProblem problem={{ code: "invalid", message: t("no") }} />
          </div>
          <ProblemNote problem={new Problem("stale_edit", 412, "")} onRetry={noop} />
        </section>
      </Body>
    </>
  );
}
