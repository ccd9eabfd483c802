import { SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listMailTemplates, previewMail } from "@/api/sdk.gen";
import type { MailTemplateOut } from "@/api/types.gen";
import { Loaded } from "@/features/settings/components/Loaded";
import { Section } from "@/features/settings/components/Section";
import { languageNames, languages, usePreferences, type Language } from "@/shared/preferences/preferences";
import css from "./Settings.module.css";

function Preview({ templates }: { templates: MailTemplateOut[] }) {
  const { t } = useTranslation("settings");
  const preferred = usePreferences().language;
  const [language, setLanguage] = useState<Language>(preferred);
  const [name, setName] = useState(templates[0]?.name ?? "");
  const preview = useQuery({
    queryKey: ["mails", name, language],
    queryFn: ({ signal }) => previewMail({ path: { template_name: name }, query: { language }, signal }),
    staleTime: Infinity,
  });
  return (
    <Section title={t("mails.title")} text={t("mails.text")}>
      <div className={css.two}>
        <Select
          label={t("mails.which")}
          allowDeselect={false}
          data={templates.map((each) => ({ value: each.name, label: each.subjects[preferred] ?? each.name }))}
          value={name}
          onChange={(value) => value && setName(value)}
        />
        <div>
          <p className="mantine-InputWrapper-label">{t("mails.language")}</p>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t("mails.language")}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
            value={language}
            onChange={(value) => setLanguage(value as Language)}
          />
        </div>
      </div>
      <Loaded query={preview}>
        {(mail) => (
          <>
            <p className="medium">{mail.subject}</p>
            <iframe className={css.frame} sandbox="" srcDoc={mail.html} title={mail.subject} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

/** Every mail that Kontor sends, in every language, with examples in its blanks. */
export function MailsPage() {
  const templates = useQuery({
    queryKey: ["mails"],
    queryFn: ({ signal }) => listMailTemplates({ signal }),
    staleTime: Infinity,
  });
  return <Loaded query={templates}>{({ items }) => <Preview templates={items} />}</Loaded>;
}
