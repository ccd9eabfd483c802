import { Button, Drawer, Radio, Select, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { InviteIn } from "@/api/types.gen";
import { useInvite } from "@/features/settings/api/people";
import { rolesToGive } from "@/features/settings/roles";
import { useRights } from "@/shared/auth/rights";
import type { Role } from "@/shared/auth/session";
import { useSubmit } from "@/shared/forms/useSubmit";
import { languageNames, languages, preferences } from "@/shared/preferences/preferences";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { confirm } from "@/shared/ui/toast";
import css from "./Settings.module.css";

function InviteForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("settings");
  const rights = useRights();
  const invite = useInvite();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const [language, setLanguage] = useState<string>(preferences().language);
  // One key for one press: a repeat after a lost answer sends no second mail.
  const [key] = useState(() => crypto.randomUUID());
  const { busy, problem, errorAt, run } = useSubmit(["email"]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body: InviteIn = { email: email.trim(), role, language: language as InviteIn["language"] };
    void run(async () => {
      await invite.mutateAsync({ body, key: `${key}-${body.email}-${role}`.slice(0, 120) });
      confirm(t("invite.done", { email: body.email }));
      onDone();
    });
  };
  return (
    <form onSubmit={submit} className={css.page}>
      {problem && <ProblemNote problem={problem} />}
      <TextInput
        type="email"
        label={t("invite.email")}
        autoComplete="off"
        required
        withAsterisk={false}
        data-autofocus
        value={email}
        error={errorAt("email")}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Radio.Group label={t("invite.role")} value={role} onChange={(value) => setRole(value as Role)}>
        <div className={css.page} style={{ gap: 8, marginTop: 4 }}>
          {rolesToGive(rights).map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`role.${value}`, { ns: "auth" })}
              description={t(`roleText.${value}`, { ns: "auth" })}
            />
          ))}
        </div>
      </Radio.Group>
      <Select
        label={t("invite.language")}
        allowDeselect={false}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
        value={language}
        onChange={(value) => value && setLanguage(value)}
      />
      <div className={css.actions}>
        <Button type="submit" loading={busy}>
          {t("invite.send")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t("action.cancel", { ns: "shared" })}
        </Button>
      </div>
    </form>
  );
}

/** Asks somebody in by mail, as something. */
export function InviteDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("settings");
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t("people.invite")}
      closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
    >
      <InviteForm onDone={onClose} />
    </Drawer>
  );
}
