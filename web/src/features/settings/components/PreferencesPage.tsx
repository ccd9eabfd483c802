import { Button, SegmentedControl, Select, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PreferencesOut } from "@/api/types.gen";
import { Loaded } from "@/features/settings/components/Loaded";
import { Saved, savedAt, Section } from "@/features/settings/components/Section";
import { formatFor } from "@/shared/format/format";
import { useNow } from "@/shared/format/clock";
import { preferencesQuery, useChangePreferences } from "@/shared/preferences/person";
import {
  languageNames,
  languages,
  setPreferences,
  usePreferences,
  type Language,
} from "@/shared/preferences/preferences";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Settings.module.css";

type Theme = PreferencesOut["theme"];
type StartPage = PreferencesOut["start_page"];

const themes: Theme[] = ["light", "dark", "system"];
const startPages: StartPage[] = ["today", "inbox", "listings", "publish", "channels", "jobs", "imports"];
const zones = Intl.supportedValuesOf("timeZone");

function Choices({ chosen }: { chosen: PreferencesOut }) {
  const { t } = useTranslation("settings");
  const change = useChangePreferences();
  const { singleKeys } = usePreferences();
  const now = useNow();
  const clock = formatFor(chosen.language, chosen.time_zone).time(new Date(now));
  return (
    <>
      <Section
        title={t("preferences.title")}
        text={t("preferences.text")}
        aside={<Saved busy={change.isPending} at={savedAt(change)} />}
      >
        {change.error && <ProblemNote problem={change.error} />}
        <div className={css.three}>
          <Select
            label={t("preferences.language")}
            allowDeselect={false}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
            value={chosen.language}
            onChange={(language) => language && change.mutate({ language: language as Language })}
          />
          <Select
            label={t("preferences.startPage")}
            allowDeselect={false}
            data={startPages.map((value) => ({ value, label: t(`preferences.start.${value}`) }))}
            value={chosen.start_page}
            onChange={(page) => page && change.mutate({ start_page: page as StartPage })}
          />
          <Select
            label={t("preferences.timeZone")}
            description={t("preferences.clock", { time: clock })}
            inputWrapperOrder={["label", "input", "description", "error"]}
            searchable
            allowDeselect={false}
            limit={60}
            nothingFoundMessage={t("preferences.noZone")}
            data={zones.includes(chosen.time_zone) ? zones : [chosen.time_zone, ...zones]}
            value={chosen.time_zone}
            onChange={(time_zone) => time_zone && change.mutate({ time_zone })}
          />
          <div>
            <p className="mantine-InputWrapper-label">{t("preferences.theme")}</p>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={t("preferences.theme")}
              data={themes.map((value) => ({ value, label: t(`preferences.themes.${value}`) }))}
              value={chosen.theme}
              onChange={(theme) => change.mutate({ theme: theme as Theme })}
            />
          </div>
        </div>
      </Section>
      <Section title={t("preferences.device")} text={t("preferences.deviceText")}>
        <Switch
          label={t("preferences.singleKeys")}
          checked={singleKeys}
          onChange={(event) => setPreferences({ singleKeys: event.currentTarget.checked })}
        />
      </Section>
      <Section title={t("preferences.tour")} text={t("preferences.tourText")}>
        <div className={css.actions}>
          <Button
            variant="default"
            disabled={!chosen.tour_done}
            onClick={() => change.mutate({ tour_done: false })}
          >
            {t("preferences.tourAgain")}
          </Button>
        </div>
      </Section>
    </>
  );
}

/** How Kontor looks and speaks to me, on every device. */
export function PreferencesPage() {
  return <Loaded query={useQuery(preferencesQuery)}>{(chosen) => <Choices chosen={chosen} />}</Loaded>;
}
