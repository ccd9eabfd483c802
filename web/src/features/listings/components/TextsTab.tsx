import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProductOut } from "@/api/types.gen";
import { useSaveProduct } from "@/features/listings/api/product";
import { ConflictNote } from "@/features/listings/components/ConflictNote";
import { useSavedNote } from "@/shared/forms/useSavedNote";
import { useProductProblems } from "@/features/listings/useProductProblems";
import { SavedText, SavedTextarea } from "@/shared/forms/SavedField";
import { languages } from "@/shared/preferences/preferences";
import css from "./Product.module.css";

/** Title and description in each language; what is shown below is what remains after cleaning. */
export function TextsTab({ product }: { product: ProductOut }) {
  const { t } = useTranslation("listings");
  const problems = useProductProblems(product);
  const save = useSaveProduct(product.id);
  const note = useSavedNote(save);
  const all = [...new Set([product.language, ...languages, ...Object.keys(product.title)])];
  const [language, setLanguage] = useState(product.language);
  const names = new Intl.DisplayNames([document.documentElement.lang], { type: "language" });
  const own = language === product.language;
  const title = product.title[language] ?? "";
  const description = product.description[language] ?? "";
  return (
    <>
      <ConflictNote
        error={save.error}
        listingId={product.id}
        mine={save.variables}
        onInsist={() => save.variables && save.mutate(save.variables)}
        onGiveIn={save.reset}
      />
      <section className="sheet" aria-labelledby="texts">
        <header>
          <h2 id="texts">{t("tab.texts")}</h2>
          <SegmentedControl
            size="xs"
            aria-label={t("texts.language")}
            value={language}
            onChange={setLanguage}
            data={all.map((code) => ({ value: code, label: names.of(code) ?? code }))}
          />
          {note && <span className="dim caption end">{note}</span>}
        </header>
        <div className={css.texts} key={language}>
          <SavedText
            field="title"
            label={t("basics.name")}
            description={t("basics.length", { count: title.length })}
            value={title}
            maxLength={200}
            problems={own ? problems.at("title") : undefined}
            onSave={(text) => save.mutateAsync({ title: { [language]: text } })}
          />
          <SavedTextarea
            field="description_html"
            label={t("texts.description")}
            description={t("texts.help")}
            value={description}
            maxLength={500_000}
            problems={own ? problems.at("description_html", "description") : undefined}
            onSave={(text) => save.mutateAsync({ description: { [language]: text } })}
          />
          {description && (
            <div>
              <p className="small medium ink2" style={{ marginBottom: 3 }}>
                {t("texts.preview")}
              </p>
              <iframe
                className={css.preview}
                title={t("texts.preview")}
                sandbox=""
                srcDoc={description}
                lang={language}
              />
            </div>
          )}
        </div>
      </section>
    </>
  );
}
