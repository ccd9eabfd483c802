import { Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { BusinessSettingsOut } from "@/api/types.gen";
import { businessQuery, useChangeBusiness } from "@/features/settings/api/people";
import { Loaded } from "@/features/settings/components/Loaded";
import { Note, Saved, savedAt, Section } from "@/features/settings/components/Section";
import { countries } from "@/features/settings/countries";
import { useRights } from "@/shared/auth/rights";
import { useFormat } from "@/shared/format/format";
import { SavedSelect, SavedText } from "@/shared/forms/SavedField";
import { languageNames, languages } from "@/shared/preferences/preferences";
import { asProblem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Settings.module.css";

type Edit = Parameters<ReturnType<typeof useChangeBusiness>["mutate"]>[0];

/** What a person may read who may not change it. */
function Facts({ business }: { business: BusinessSettingsOut }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const names = new Intl.DisplayNames([format.locale], { type: "region" });
  return (
    <>
      <Note>{t("business.onlyAdmins")}</Note>
      <Section title={business.name}>
        <dl className="facts">
          <dt>{t("business.country")}</dt>
          <dd>{names.of(business.country)}</dd>
          <dt>{t("business.language")}</dt>
          <dd>{languageNames[business.language]}</dd>
          <dt>{t("business.demand")}</dt>
          <dd>{t(business.requires_second_factor ? "business.yes" : "business.no")}</dd>
        </dl>
      </Section>
    </>
  );
}

function Form({ business }: { business: BusinessSettingsOut }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const change = useChangeBusiness();
  const problem = change.error ? asProblem(change.error) : undefined;
  const isName = problem?.code === "company.missing";
  const save = (field: keyof BusinessSettingsOut) => (value: string) =>
    change.mutateAsync({ [field]: value } as Edit);
  return (
    <>
      <Section title={t("business.title")} aside={<Saved busy={change.isPending} at={savedAt(change)} />}>
        {problem && !isName && <ProblemNote problem={problem} />}
        <SavedText
          field="name"
          label={t("business.name")}
          value={business.name}
          problems={isName && problem ? [{ code: problem.code, message: problem.message }] : []}
          onSave={save("name")}
        />
        <div className={css.two}>
          <SavedSelect
            field="country"
            label={t("business.country")}
            data={countries(format.locale)}
            value={business.country}
            onSave={save("country")}
          />
          <SavedSelect
            field="language"
            label={t("business.language")}
            description={t("business.languageText")}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
            value={business.language}
            onSave={save("language")}
          />
        </div>
      </Section>
      <Section title={t("business.safety")} text={t("business.safetyText")}>
        <Switch
          label={t("business.demandOn")}
          checked={business.requires_second_factor}
          onChange={(event) => change.mutate({ requires_second_factor: event.currentTarget.checked })}
        />
      </Section>
    </>
  );
}

/** The business itself. */
export function BusinessPage() {
  const { admin } = useRights();
  return (
    <Loaded query={useQuery(businessQuery)}>
      {(business) => (admin ? <Form business={business} /> : <Facts business={business} />)}
    </Loaded>
  );
}
