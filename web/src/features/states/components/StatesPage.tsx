import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/format";
import { Body } from "@/shared/layout/Body";
import { BothValues } from "@/shared/problems/BothValues";
import { FieldProblem } from "@/shared/problems/FieldProblem";
import { Problem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Chip } from "@/shared/states/Chip";
import { states } from "@/shared/states/states";
import { EmptyState } from "@/shared/ui/EmptyState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./StatesPage.module.css";

const noop = () => undefined;
const shown = {
  refused: new Problem("channel.login_needed", 401, ""),
  outage: new Problem("channel.unavailable", 503, ""),
  no: new Problem("channel.rejected", 422, "", {}, [
    { code: "ebay.aspect.missing", message: "", params: { aspect: "Marke" } },
  ]),
  forbidden: new Problem("forbidden", 403, "", { needs: "admin" }),
  slow: new Problem("client.timeout", 504, ""),
};

/** Refused, out of reach, and a "no": three outcomes that look like three. */
function Outcomes() {
  const { t } = useTranslation("states");
  return (
    <>
      <ProblemNote
        problem={shown.refused}
        action={
          <Button size="xs" component={To} to="/channels">
            {t("signIn")}
          </Button>
        }
      />
      <ProblemNote problem={shown.outage} onRetry={noop} />
      <ProblemNote
        problem={shown.no}
        action={
          <Button size="xs" variant="default" component={To} to="/listings" search={{ state: "rejected" }}>
            {t("action.toField", { ns: "shared" })}
          </Button>
        }
      />
    </>
  );
}

/** Nothing here yet, nothing left to do, nothing for this role. */
function Empties() {
  const { t } = useTranslation("states");
  const format = useFormat();
  return (
    <>
      <section className="sheet">
        <EmptyState
          title={t("open.title")}
          action={
            <>
              <Button component={To} to="/listings/new">
                {t("open.new")}
              </Button>
              <Button component={To} to="/imports" variant="default">
                {t("open.import")}
              </Button>
            </>
          }
        >
          {t("open.text")}
        </EmptyState>
      </section>
      <section className="sheet">
        <EmptyState
          title={t("struck.title")}
          look="struck"
          action={
            <Button component={To} to="/inbox" variant="default">
              {t("struck.act")}
            </Button>
          }
        >
          {t("struck.text", { time: format.time(new Date()) })}
        </EmptyState>
      </section>
      <section className="sheet">
        <ProblemNote problem={shown.forbidden} onRetry={noop} />
      </section>
    </>
  );
}

/** Every state that a page can be in, side by side: for those who build pages, reachable by its address alone. */
export function StatesPage() {
  const { t } = useTranslation("states");
  const format = useFormat();
  return (
    <>
      <PageHeader title={t("title")} facts={t("facts")} />
      <Body className={css.grid}>
        <Outcomes />
        <Empties />
        <section className="sheet">
          <header>
            <h2>{t("loading")}</h2>
          </header>
          <LedgerSkeleton rows={4} />
        </section>
        <ProblemNote problem={shown.slow} onRetry={noop} />
        <BothValues
          title={t("conflict.title")}
          mine={{ label: t("conflict.mine"), value: format.money(148_000, "EUR"), onTake: noop }}
          theirs={{ label: t("conflict.theirs"), value: format.money(149_500, "EUR"), onTake: noop }}
          code="412 · stale_edit"
        >
          {t("conflict.text")}
        </BothValues>
        <section className={`sheet ${css.vocabulary}`}>
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
            <h2>{t("atField")}</h2>
          </header>
          <div className={css.words}>
            <FieldProblem problem={shown.no.problems[0] ?? { code: "invalid", message: "" }} />
            <FieldProblem problem={{ code: "differs", message: t("differs"), severity: "differs" }} />
          </div>
        </section>
      </Body>
    </>
  );
}
