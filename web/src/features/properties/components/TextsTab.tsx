import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PropertyOut } from "@/api/types.gen";
import { useSaveProperty } from "@/features/properties/api/property";
import { ConflictNote } from "@/features/properties/components/ConflictNote";
import { usePropertyWords } from "@/features/properties/usePropertyWords";
import { patchAt, valueAt } from "@/features/properties/values";
import { SavedText, SavedTextarea } from "@/shared/forms/SavedField";
import { useSavedNote } from "@/shared/forms/useSavedNote";
import { languages } from "@/shared/preferences/preferences";
import { FieldDiffers } from "@/shared/problems/FieldProblem";
import { useProblemWords } from "@/shared/problems/words";
import css from "./Property.module.css";

const bodies = ["description", "furnishing", "location", "other", "short"] as const;

/** The ad's own words in each language: plain text, because portals take no markup. */
export function TextsTab({ property, asked }: { property: PropertyOut; asked?: string }) {
  const { t } = useTranslation("properties");
  const words = usePropertyWords();
  const problemWords = useProblemWords();
  const save = useSaveProperty(property.id);
  const note = useSavedNote(save);
  const own = property.language ?? "de";
  const [language, setLanguage] = useState(asked?.split(".")[1] ?? own);
  const [settled, setSettled] = useState(0);
  const all = [...new Set([own, ...languages, ...Object.keys(property.texts ?? {})])];
  const common = (name: "title" | (typeof bodies)[number]) => {
    const path = `texts.${language}.${name}`;
    const mine = property.problems.filter((problem) => problem.field === path);
    const advice = mine.filter((problem) => problem.severity === "warning");
    return {
      field: path,
      label: t(`text.${name}`),
      value: String(valueAt(property, path) ?? ""),
      problems: mine.filter((problem) => problem.severity !== "warning"),
      description: advice.map((one) => <FieldDiffers key={one.code}>{problemWords(one).title}</FieldDiffers>),
      onSave: (text: string) => save.mutateAsync(patchAt(path, text || null)),
    };
  };
  return (
    <>
      <ConflictNote
        error={save.error}
        propertyId={property.id}
        mine={save.variables}
        onInsist={() =>
          save.variables && save.mutate(save.variables, { onSuccess: () => setSettled((n) => n + 1) })
        }
        onGiveIn={() => {
          save.reset();
          setSettled((n) => n + 1);
        }}
      />
      <section className="sheet" aria-labelledby="texts">
        <header>
          <h2 id="texts">{t("tab.texts")}</h2>
          <SegmentedControl
            size="xs"
            aria-label={t("texts.language")}
            value={language}
            onChange={setLanguage}
            data={all.map((code) => ({ value: code, label: words.choice("language", code) }))}
          />
          {note && <span className="dim caption end">{note}</span>}
        </header>
        <div className={css.inside} key={`${language}${settled}`} lang={language}>
          <SavedText {...common("title")} maxLength={500} />
          {bodies.map((name) => (
            <SavedTextarea key={name} {...common(name)} maxLength={50_000} />
          ))}
        </div>
      </section>
    </>
  );
}
