import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { changeEmail, resendVerification } from "@/api/sdk.gen";
import type { ProfileOut } from "@/api/types.gen";
import { profileQuery } from "@/features/settings/api/me";
import { Note, Section } from "@/features/settings/components/Section";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { confirm } from "@/shared/ui/toast";
import css from "./Settings.module.css";

function MoveForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("settings");
  const queryClient = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problem, errorAt, run } = useSubmit(["email", "password"]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await changeEmail({ body: { email: email.trim(), password } });
      await queryClient.invalidateQueries({ queryKey: profileQuery.queryKey });
      onDone();
    });
  };
  return (
    <form onSubmit={submit} className={css.page}>
      {problem && <ProblemNote problem={problem} />}
      <div className={css.two}>
        <TextInput
          type="email"
          label={t("email.new")}
          autoComplete="email"
          required
          withAsterisk={false}
          value={email}
          error={errorAt("email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("security.present")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          error={errorAt("password")}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword", { ns: "auth" }) }}
        />
      </div>
      <div className={css.actions}>
        <Button type="submit" loading={busy}>
          {t("email.send")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t("action.cancel", { ns: "shared" })}
        </Button>
      </div>
    </form>
  );
}

/** The address to sign in with, whether it is proven, and the way to another. */
export function EmailSection({ profile }: { profile: ProfileOut }) {
  const { t } = useTranslation("settings");
  const [isMoving, setMoving] = useState(false);
  const again = useSubmit();
  return (
    <Section title={t("email.title")} text={t("email.text")}>
      <div className="row wrap">
        <span className="grow medium">{profile.email}</span>
        {!isMoving && (
          <Button variant="default" size="xs" onClick={() => setMoving(true)}>
            {t("email.change")}
          </Button>
        )}
      </div>
      {!profile.email_verified && (
        <>
          <Note>{t("email.unproven")}</Note>
          {again.problem && <ProblemNote problem={again.problem} />}
          <div className={css.actions}>
            <Button
              variant="default"
              size="xs"
              loading={again.busy}
              onClick={() =>
                void again.run(async () => {
                  await resendVerification({ body: { email: profile.email } });
                  confirm(t("email.sent", { email: profile.email }));
                })
              }
            >
              {t("email.again")}
            </Button>
          </div>
        </>
      )}
      {profile.pending_email && <Note>{t("email.pending", { email: profile.pending_email })}</Note>}
      {isMoving && <MoveForm onDone={() => setMoving(false)} />}
    </Section>
  );
}
