import { Button, Modal, PasswordInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PersonRow } from "@/api/types.gen";
import { useHandOver } from "@/features/settings/api/people";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { confirm } from "@/shared/ui/toast";
import css from "./Settings.module.css";

function HandOverForm({ person, onDone }: { person: PersonRow; onDone: () => void }) {
  const { t } = useTranslation("settings");
  const handOver = useHandOver();
  const [password, setPassword] = useState("");
  const { busy, problem, errorAt, run } = useSubmit(["password"]);
  const name = person.name || person.email;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await handOver.mutateAsync({ person, password });
      confirm(t("handOver.done", { name }));
      onDone();
    });
  };
  return (
    <form onSubmit={submit} className={css.page}>
      <p>{t("handOver.text", { name })}</p>
      {problem && <ProblemNote problem={problem} />}
      <PasswordInput
        label={t("security.present")}
        autoComplete="current-password"
        required
        withAsterisk={false}
        data-autofocus
        value={password}
        error={errorAt("password")}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword", { ns: "auth" }) }}
      />
      <div className={css.actions}>
        <Button type="submit" loading={busy}>
          {t("handOver.submit", { name })}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t("action.cancel", { ns: "shared" })}
        </Button>
      </div>
    </form>
  );
}

/** Another becomes owner, and I an administrator: only they could give it back. */
export function HandOverModal({ person, onClose }: { person: PersonRow | undefined; onClose: () => void }) {
  const { t } = useTranslation("settings");
  return (
    <Modal
      opened={person !== undefined}
      onClose={onClose}
      title={t("people.handOver")}
      closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
    >
      {person && <HandOverForm person={person} onDone={onClose} />}
    </Modal>
  );
}
