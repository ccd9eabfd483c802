import { Button, PasswordInput, SegmentedControl, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { signIn } from "@/shared/auth/session";
import { languages, setPreferences, usePreferences, type Language } from "@/shared/preferences/preferences";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Logo } from "@/shared/ui/Logo";
import css from "./LoginPage.module.css";

const languageNames: Record<Language, string> = { de: "Deutsch", en: "English", fr: "Français" };
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

/** Signs in by e-mail and password; a refusal says why and leaves what was typed. */
export function LoginPage({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation("accounts");
  const { language } = usePreferences();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [state, setState] = useState<{ busy: boolean; problem?: unknown }>({ busy: false });

  async function submit(event: FormEvent) {
    event.preventDefault();
    setState({ busy: true });
    try {
      await signIn(email.trim(), password);
      onSignedIn();
    } catch (problem) {
      setState({ busy: false, problem });
    }
  }

  return (
    <main className={css.root}>
      <Book />
      <section className={css.form}>
        <form onSubmit={(event) => void submit(event)}>
          <div className={`phone ${css.phoneLogo}`}>
            <Logo size={40} onPaper />
          </div>
          <h1>{t("signIn.title")}</h1>
          <p className="dim">{t("signIn.server")}</p>
          {state.problem !== undefined && <ProblemNote problem={state.problem} />}
          <TextInput
            size="md"
            label={t("signIn.email")}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            size="md"
            label={t("signIn.password")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          />
          <Button size="md" fullWidth type="submit" loading={state.busy}>
            {t("signIn.submit")}
          </Button>
        </form>
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
