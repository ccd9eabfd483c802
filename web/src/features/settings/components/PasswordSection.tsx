import { Button, PasswordInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { changePassword } from "@/api/sdk.gen";
import { sessionsQuery } from "@/features/settings/api/me";
import { Section } from "@/features/settings/components/Section";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { confirm } from "@/shared/ui/toast";
import css from "./Settings.module.css";

const empty = { current_password: "", new_password: "" };

/** Another password; every other session ends with the old one. */
export function PasswordSection() {
  const { t } = useTranslation("settings");
  const queryClient = useQueryClient();
  const [wish, setWish] = useState(empty);
  const { busy, problem, errorAt, run } = useSubmit(Object.keys(empty));
  const at = (field: keyof typeof empty) => ({
    required: true,
    withAsterisk: false,
    value: wish[field],
    error: errorAt(field),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setWish((before) => ({ ...before, [field]: value }));
    },
    visibilityToggleButtonProps: { "aria-label": t("showPassword", { ns: "auth" }) },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await changePassword({ body: wish });
      setWish(empty);
      confirm(t("security.passwordDone"));
      await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    });
  };
  return (
    <Section title={t("security.password")} text={t("security.passwordText")}>
      <form onSubmit={submit} className={css.page}>
        {problem && <ProblemNote problem={problem} />}
        <div className={css.two}>
          <PasswordInput
            label={t("security.present")}
            autoComplete="current-password"
            {...at("current_password")}
          />
          <PasswordInput label={t("security.new")} autoComplete="new-password" {...at("new_password")} />
        </div>
        <div className={css.actions}>
          <Button type="submit" variant="default" loading={busy}>
            {t("security.passwordSave")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
