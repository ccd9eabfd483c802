import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import {
  languageNames,
  languages,
  setPreferences,
  usePreferences,
  type Language,
} from "@/shared/preferences/preferences";
import { Logo } from "@/shared/ui/Logo";
import css from "./Door.module.css";

const ledger = ["listing", "channels", "proof"] as const;

/** What Kontor is, in one entry of a ledger. */
function Book() {
  const { t } = useTranslation("accounts");
  return (
    <section className={css.spine}>
      <div className="row" style={{ gap: 12 }}>
        <Logo size={36} />
        <b className={css.word}>Kontor</b>
      </div>
      <div className={css.book}>
        <p className={css.line}>
          {t("book.once")}
          <br />
          {t("book.everywhere")}
        </p>
        <p className={css.sub}>{t("book.text")}</p>
        <dl>
          {ledger.map((line) => (
            <div key={line}>
              <dt>{t(`book.${line}.name`)}</dt>
              <dd>{t(`book.${line}.value`)}</dd>
            </div>
          ))}
          <div className={css.sum}>
            <dt>{t("book.books.name")}</dt>
            <dd>{t("book.books.value")}</dd>
          </div>
        </dl>
      </div>
      <p className={css.foot}>{window.location.host}</p>
    </section>
  );
}

interface Props {
  title: string;
  text?: ReactNode;
  children: ReactNode;
}

/** What stands before the office: the book on the left, one question on the right, the language below. */
export function Door({ title, text, children }: Props) {
  const { t } = useTranslation("accounts");
  const { language } = usePreferences();
  return (
    <main className={css.root}>
      <Book />
      <section className={css.form}>
        <div className={css.question}>
          <div className={`phone ${css.phoneLogo}`}>
            <Logo size={40} onPaper />
          </div>
          <h1>{title}</h1>
          {text && <p className="dim">{text}</p>}
          {children}
        </div>
        <SegmentedControl
          className={css.lang}
          size="xs"
          aria-label={t("signIn.language")}
          value={language}
          onChange={(value) => setPreferences({ language: value as Language })}
          data={languages.map((value) => ({
            value,
            label: <span lang={value}>{languageNames[value]}</span>,
          }))}
        />
      </section>
    </main>
  );
}
