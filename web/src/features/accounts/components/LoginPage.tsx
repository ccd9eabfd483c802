import { Button } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Door } from "@/features/accounts/components/Door";
import { Line, Password } from "@/features/accounts/components/Fields";
import { SecondStep } from "@/features/accounts/components/SecondStep";
import { demandOf, type Demand } from "@/shared/auth/secondFactor";
import { signIn } from "@/shared/auth/session";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { To } from "@/shared/ui/To";
import css from "./Door.module.css";

interface Props {
  onSignedIn: () => void;
}

/** Signs in by e-mail and password, and by a second factor where there is one; a refusal leaves what was typed. */
export function LoginPage({ onSignedIn }: Props) {
  const { t } = useTranslation("accounts");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [demand, setDemand] = useState<Demand>();
  const [spent, setSpent] = useState<unknown>();
  const { busy, problem, run } = useSubmit();

  async function enter() {
    setSpent(undefined);
    try {
      await signIn(email.trim(), password);
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
  const again = (thrown?: unknown) => {
    setDemand(undefined);
    setSpent(thrown);
  };

  if (demand) return <SecondStep demand={demand} onSignedIn={onSignedIn} onAgain={again} />;
  const shown = problem ?? spent;
  return (
    <Door title={t("signIn.title")} text={t("signIn.server")}>
      {shown !== undefined && <ProblemNote problem={shown} />}
      <form onSubmit={submit} className={css.fields}>
        <Line
          type="email"
          label={t("signIn.email")}
          autoComplete="username"
          value={email}
          onChange={setEmail}
        />
        <Password
          label={t("signIn.password")}
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <Button size="md" fullWidth type="submit" loading={busy}>
          {t("signIn.submit")}
        </Button>
      </form>
      <p className={css.links}>
        <To className="link" to="/forgotten-password">
          {t("signIn.forgotten")}
        </To>
        <To className="link" to="/register">
          {t("signIn.register")}
        </To>
      </p>
    </Door>
  );
}
