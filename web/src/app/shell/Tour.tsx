import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { preferencesQuery, useChangePreferences } from "@/shared/preferences/person";
import { To } from "@/shared/ui/To";
import css from "./Tour.module.css";

const steps = [
  { id: "channel", to: "/channels" },
  { id: "goods", to: "/imports" },
  { id: "publish", to: "/publish" },
] as const;

/** Three short steps for who is here for the first time. It stands beside the work and stops nobody. */
export function Tour() {
  const { t } = useTranslation("app");
  const { data } = useQuery(preferencesQuery);
  const change = useChangePreferences();
  const [at, setAt] = useState(0);
  const step = steps[at];
  if (!step || data?.tour_done !== false) return null;
  const isLast = at === steps.length - 1;
  function finish() {
    change.mutate({ tour_done: true });
    setAt(0);
  }
  return (
    <section className={css.tour} aria-labelledby="tour">
      <p className="caption dim">{t("tour.of", { step: at + 1, count: steps.length })}</p>
      <h2 id="tour">{t(`tour.${step.id}.title`)}</h2>
      <p className="small ink2">{t(`tour.${step.id}.text`)}</p>
      <p className="small">
        <To className="link" to={step.to}>
          {t(`tour.${step.id}.link`)}
        </To>
      </p>
      <div className="row">
        <Button size="xs" variant="subtle" onClick={finish}>
          {t("tour.skip")}
        </Button>
        <span className="row end">
          {at > 0 && (
            <Button size="xs" variant="default" onClick={() => setAt(at - 1)}>
              {t("tour.back")}
            </Button>
          )}
          <Button size="xs" onClick={isLast ? finish : () => setAt(at + 1)}>
            {t(isLast ? "tour.done" : "tour.next")}
          </Button>
        </span>
      </div>
    </section>
  );
}
