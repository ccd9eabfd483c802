import { Button } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Door } from "@/features/accounts/components/Door";
import { Line, Password } from "@/features/accounts/components/Fields";
import { SecondStep } from "@/features/accounts/components/SecondStep";
import { demandOf, type Demand } from "@/shared/auth/secondFactor";
import { register } from "@/shared/auth/session";
import { useSubmit } from "@/shared/forms/useSubmit";
import { usePreferences } from "@/shared/preferences/preferences";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { To } from "@/shared/ui/To";
import css from "./Door.module.css";

const fields = ["company", "first_name", "last_name", "email", "password"];

/** A new business and its owner, who may be at home in another one already. */
export function RegisterPage({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation("accounts");
  const { language } = usePreferences();
  const [wish, setWish] = useState({ company: "", first_name: "", last_name: "", email: "", password: "" });
  const [demand, setDemand] = useState<Demand>();
  const { busy, problem, errorAt, run } = useSubmit(fields);
  const at = (field: keyof typeof wish) => ({
    value: wish[field],
    error: errorAt(field),
    onChange: (value: string) => setWish((before) => ({ ...before, [field]: value })),
  });
  async function enter() {
    try {
      await register({ ...wish, email: wish.email.trim(), language });
      onSignedIn();
    } catch (thrown) {
      const asked = demandOf(thrown);
      if (!asked) throw thrown;
      setDemand(asked);
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(enter);
  };
  if (demand) {
    return <SecondStep demand={demand} onSignedIn={onSignedIn} onAgain={() => setDemand(undefined)} />;
  }
  return (
    <Door title={t("register.title")} text={t("register.text")}>
      {problem && <ProblemNote problem={problem} />}
      {problem?.code === "login.wrong" && <p className="small ink2">{t("register.ownPassword")}</p>}
      <form onSubmit={submit} className={css.fields}>
        <Line label={t("register.company")} autoComplete="organization" {...at("company")} />
        <div className={css.two}>
          <Line label={t("register.firstName")} autoComplete="given-name" {...at("first_name")} />
          <Line label={t("register.lastName")} autoComplete="family-name" {...at("last_name")} />
        </div>
        <Line type="email" label={t("signIn.email")} autoComplete="username" {...at("email")} />
        <Password
          label={t("signIn.password")}
          autoComplete="new-password"
          help={t("passwordHelp")}
          {...at("password")}
        />
        <Button size="md" fullWidth type="submit" loading={busy}>
          {t("register.submit")}
        </Button>
      </form>
      <p className={css.links}>
        <To className="link" to="/login">
          {t("register.known")}
        </To>
      </p>
    </Door>
  );
}
