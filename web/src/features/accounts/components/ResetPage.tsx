import { Button } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { resetPassword } from "@/api/sdk.gen";
import { Door } from "@/features/accounts/components/Door";
import { Password } from "@/features/accounts/components/Fields";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { To } from "@/shared/ui/To";
import css from "./Door.module.css";

/** Sets a new password by the link of a mail. */
export function ResetPage({ token }: { token: string }) {
  const { t } = useTranslation("accounts");
  const [password, setPassword] = useState("");
  const [isSet, setDone] = useState(false);
  const { busy, problem, errorAt, run } = useSubmit(["password"]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await resetPassword({ body: { token, password } });
      setDone(true);
    });
  };
  if (isSet) {
    return (
      <Door title={t("reset.doneTitle")}>
        <p role="status">{t("reset.doneText")}</p>
        <Button component={To} size="md" to="/login">
          {t("toSignIn")}
        </Button>
      </Door>
    );
  }
  return (
    <Door title={t("reset.title")} text={t("reset.text")}>
      {problem && <ProblemNote problem={problem} />}
      <form onSubmit={submit} className={css.fields}>
        <Password
          label={t("reset.password")}
          autoComplete="new-password"
          help={t("passwordHelp")}
          value={password}
          error={errorAt("password")}
          onChange={setPassword}
        />
        <Button size="md" fullWidth type="submit" loading={busy}>
          {t("reset.submit")}
        </Button>
      </form>
      <p className={css.links}>
        <To className="link" to="/forgotten-password">
          {t("reset.again")}
        </To>
      </p>
    </Door>
  );
}
