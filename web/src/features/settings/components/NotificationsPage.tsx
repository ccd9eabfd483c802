import { SegmentedControl, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import i18n from "i18next";
import { useTranslation } from "react-i18next";
import type { EventChoiceOut, NotificationsEdit, NotificationsOut } from "@/api/types.gen";
import { notificationsQuery, useChangeNotifications } from "@/features/settings/api/me";
import { Loaded } from "@/features/settings/components/Loaded";
import { Saved, savedAt, Section } from "@/features/settings/components/Section";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Settings.module.css";

type Choice = EventChoiceOut["choice"];
const choices: Choice[] = ["app", "email", "none"];

/** Events come from the server, so their words are looked up and not typed. */
function eventWord(event: string, part: "name" | "text"): string {
  const key = `settings:event.${event.replace(".", "_")}.${part}`;
  return i18n.exists(key)
    ? (i18n.t as unknown as (key: string) => string)(key)
    : part === "name"
      ? event
      : "";
}

function Choices({ chosen }: { chosen: NotificationsOut }) {
  const { t } = useTranslation("settings");
  const change = useChangeNotifications();
  return (
    <>
      {change.error && <ProblemNote problem={change.error} />}
      <Section
        bare
        title={t("notifications.title")}
        aside={<Saved busy={change.isPending} at={savedAt(change)} />}
      >
        <ul className={css.rows}>
          {chosen.events.map(({ event, choice, is_fixed: isFixed }) => (
            <li key={event}>
              <span className="grow">
                <span className="medium">{eventWord(event, "name")}</span>
                <span className="dim small" style={{ display: "block" }}>
                  {eventWord(event, "text")}
                </span>
              </span>
              {isFixed ? (
                <span className="small ink2">{t("notifications.fixed")}</span>
              ) : (
                <SegmentedControl
                  size="xs"
                  aria-label={eventWord(event, "name")}
                  data={choices.map((value) => ({ value, label: t(`notifications.choice.${value}`) }))}
                  value={choice}
                  onChange={(value) =>
                    change.mutate({ events: { [event]: value } } as unknown as NotificationsEdit)
                  }
                />
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("notifications.digest")} text={t("notifications.digestText")}>
        <Switch
          label={t("notifications.digestOn")}
          checked={chosen.daily_digest}
          onChange={(event) => change.mutate({ daily_digest: event.currentTarget.checked })}
        />
      </Section>
    </>
  );
}

/** What I want to hear of, and how. */
export function NotificationsPage() {
  return <Loaded query={useQuery(notificationsQuery)}>{(chosen) => <Choices chosen={chosen} />}</Loaded>;
}
