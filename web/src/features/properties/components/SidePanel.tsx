import { Button, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconArrowRight, IconCheck, IconHandStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { AcknowledgedOut, PropertyOut } from "@/api/types.gen";
import { similarQuery, useAcknowledge, useWithdraw } from "@/features/properties/api/property";
import { useLines } from "@/features/properties/components/PropertyTable";
import { tabOf } from "@/features/properties/tabs";
import { useRights } from "@/shared/auth/rights";
import { useFormat } from "@/shared/format/format";
import { useActorWords } from "@/shared/jobs/useJobWords";
import type { ProblemDetail } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useProblemWords } from "@/shared/problems/words";
import { Age } from "@/shared/states/Age";
import { tone } from "@/shared/states/tone";
import { Money } from "@/shared/ui/Money";
import { Thumb } from "@/shared/ui/Thumb";
import { To } from "@/shared/ui/To";
import css from "./Property.module.css";

/** Warnings of the law may be answered for; what blocks may not. */
const mayBeAnswered = (problem: ProblemDetail) =>
  problem.severity === "warning" && problem.code.startsWith("law.");

function Answer({
  property,
  problem,
  onDone,
}: {
  property: PropertyOut;
  problem: ProblemDetail;
  onDone: () => void;
}) {
  const { t } = useTranslation("properties");
  const acknowledge = useAcknowledge(property.id);
  const [note, setNote] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    acknowledge.mutate({ code: problem.code, note: note.trim() }, { onSuccess: onDone });
  };
  return (
    <form className={css.answering} onSubmit={submit}>
      {acknowledge.isError && <ProblemNote problem={acknowledge.error} />}
      <TextInput
        autoFocus
        size="xs"
        label={t("law.why")}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <span className="row">
        <Button type="submit" size="xs" loading={acknowledge.isPending} disabled={!note.trim()}>
          {t("law.confirm")}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {t("action.cancel", { ns: "shared" })}
        </Button>
      </span>
    </form>
  );
}

function ProblemRow({ property, problem }: { property: PropertyOut; problem: ProblemDetail }) {
  const { t } = useTranslation("properties");
  const words = useProblemWords();
  const may = useRights().write;
  const [answers, setAnswers] = useState(false);
  const { title, text } = words(problem);
  const isAdvice = problem.severity === "warning";
  const Icon = isAdvice ? IconAlertTriangle : IconHandStop;
  return (
    <li>
      <span className={css.problem} style={tone(isAdvice ? "attention" : "no")} title={problem.code}>
        <Icon size={16} stroke={1.9} aria-hidden />
        <span className="grow">
          {title}
          {text && <span className="dim caption"> · {text}</span>}
        </span>
      </span>
      {answers ? (
        <Answer property={property} problem={problem} onDone={() => setAnswers(false)} />
      ) : (
        <span className={css.answers}>
          {problem.field && (
            <Button
              component={To}
              to={`/properties/${property.id}`}
              search={{ tab: tabOf(problem.field), field: problem.field }}
              size="compact-xs"
              variant="default"
              rightSection={<IconArrowRight size={13} />}
            >
              {t("action.toField", { ns: "shared" })}
            </Button>
          )}
          {may && mayBeAnswered(problem) && (
            <Button size="compact-xs" variant="subtle" onClick={() => setAnswers(true)}>
              {t("law.answer")}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}

function AcknowledgedRow({ property, one }: { property: PropertyOut; one: AcknowledgedOut }) {
  const { t } = useTranslation("properties");
  const words = useProblemWords();
  const actorWords = useActorWords();
  const withdraw = useWithdraw(property.id);
  const may = useRights().write;
  const { title } = words({ code: one.code, message: one.message, params: { paragraph: one.paragraph } });
  return (
    <li>
      <span className={css.problem} style={tone("wanted")} title={one.code}>
        <IconCheck size={16} stroke={1.9} aria-hidden />
        <span className="grow">
          {title}
          <span className="dim caption" style={{ display: "block" }}>
            {t("law.by", { by: actorWords({ ...one.by }) })} <Age since={one.at} />
            {one.note && ` · ${one.note}`}
          </span>
        </span>
      </span>
      {withdraw.isError && <ProblemNote problem={withdraw.error} />}
      {may && (
        <span className={css.answers}>
          <Button
            size="compact-xs"
            variant="subtle"
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate(one.code)}
          >
            {t("law.withdraw")}
          </Button>
        </span>
      )}
    </li>
  );
}

function Problems({ property }: { property: PropertyOut }) {
  const { t } = useTranslation("properties");
  const errors = property.problems.filter((problem) => problem.severity !== "warning");
  const advice = property.problems.filter((problem) => problem.severity === "warning");
  return (
    <section className="sheet" aria-labelledby="lacks">
      <header>
        <h2 id="lacks">
          {errors.length > 0 ? t("lacks.title", { count: errors.length }) : t("lacks.nothing")}
        </h2>
        {advice.length > 0 && (
          <span className="dim caption end">{t("lacks.advice", { count: advice.length })}</span>
        )}
      </header>
      <ul className={css.problems} aria-live="polite">
        {[...errors, ...advice].map((problem) => (
          <ProblemRow key={problem.code + (problem.field ?? "")} property={property} problem={problem} />
        ))}
        {property.acknowledged.map((one) => (
          <AcknowledgedRow key={one.code} property={property} one={one} />
        ))}
        {property.problems.length + property.acknowledged.length === 0 && (
          <li className="small ink2">{t("lacks.text")}</li>
        )}
      </ul>
    </section>
  );
}

function Similar({ property }: { property: PropertyOut }) {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const linesOf = useLines();
  const { data } = useQuery(similarQuery(property.id));
  if (!data || data.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="similar">
      <header>
        <h2 id="similar">{t("similar.title")}</h2>
      </header>
      <ul className={css.similar}>
        {data.map((row) => (
          <li key={row.id}>
            <To to={`/properties/${row.id}`}>
              <Thumb src={row.thumb} />
              <span className="grow col">
                <span className="row">
                  <span className="medium small clip grow">{linesOf(row).title}</span>
                  <span className="num small">
                    {row.price && <Money minor={row.price.minor} currency={row.price.currency} />}
                  </span>
                </span>
                <span className="dim caption clip">
                  {[linesOf(row).place, linesOf(row).size].filter(Boolean).join(" · ")}
                </span>
                {row.reasons.length > 0 && (
                  <span className="dim caption clip">
                    {t("similar.because", {
                      reasons: format.list(row.reasons.map((one) => t(`similar.${one}`))),
                    })}
                  </span>
                )}
              </span>
            </To>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Beside the form: what an ad still lacks, what the law asks, and what else is like it. */
export function SidePanel({ property }: { property: PropertyOut }) {
  const { t } = useTranslation("properties");
  return (
    <aside className={css.panel} aria-label={t("panel")}>
      <Problems property={property} />
      <Similar property={property} />
    </aside>
  );
}
