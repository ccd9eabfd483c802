import { Button } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { askForNewPassword } from "@/api/sdk.gen";
import { Door } from "@/features/accounts/components/Door";
import { Line } from "@/features/accounts/components/Fields";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { To } from "@/shared/ui/To";
import css from "./Door.module.css";

/** Asks for a link by mail; the answer is the same whether the address is known here or not. */
export function ForgottenPage() {
  const { t } = useTranslation("accounts");
  const [email, setEmail] = useState("");
  const [isSent, setSent] = useState(false);
  const { busy, problem, run } = useSubmit();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await askForNewPassword({ body: { email: email.trim() } });
      setSent(true);
    });
  };
  const back = (
    <p className={css.links}>
      <To className="link" to="/login">
        {t("toSignIn")}
      </To>
    </p>
  );
  if (isSent) {
    return (
      <Door title={t("forgotten.sentTitle")}>
        <p role="status">{t("forgotten.sentText", { email: email.trim() })}</p>
        {back}
      </Door>
    );
  }
  return (
    <Door title={t("forgotten.title")} text={t("forgotten.text")}>
      {problem && <ProblemNote problem={problem} />}
      <form onSubmit={submit} className={css.fields}>
        <Line
          type="email"
          label={t("signIn.email")}
          autoComplete="username"
          value={email}
          onChange={setEmail}
        />
        <Button size="md" fullWidth type="submit" loading={busy}>
          {t("forgotten.submit")}
        </Button>
      </form>
      {back}
    </Door>
  );
}
