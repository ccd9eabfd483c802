import { Button, Modal, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAskErasure } from "@/features/settings/api/privacy";
import { Section } from "@/features/settings/components/Section";
import { signOut, useSession } from "@/shared/auth/session";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { confirm } from "@/shared/ui/toast";
import css from "./Settings.module.css";

interface SureProps {
  title: string;
  button: string;
  disabled?: boolean;
  onErase: () => Promise<unknown>;
  children: ReactNode;
}

/** A button and, before what can't be undone, the dialog that says so. */
function Sure({ title, button, disabled, onErase, children }: SureProps) {
  const { t } = useTranslation("settings");
  const [opened, { open, close }] = useDisclosure();
  const { busy, problem, run } = useSubmit();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(onErase).then((done) => done && close());
  };
  return (
    <>
      <div className={css.actions}>
        <Button variant="default" onClick={open}>
          {button}
        </Button>
      </div>
      <Modal
        opened={opened}
        onClose={close}
        title={title}
        closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
      >
        <form onSubmit={submit} className={css.page}>
          {problem && <ProblemNote problem={problem} />}
          {children}
          <div className={css.actions}>
            <Button type="submit" loading={busy} disabled={disabled}>
              {button}
            </Button>
            <Button variant="default" onClick={close}>
              {t("action.cancel", { ns: "shared" })}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}

/** My own account, at once. */
export function OwnErasure() {
  const { t } = useTranslation("settings");
  const erase = useAskErasure();
  return (
    <Section title={t("privacy.own")} text={t("privacy.ownText")}>
      <Sure
        title={t("privacy.own")}
        button={t("privacy.ownButton")}
        onErase={async () => {
          await erase.mutateAsync({ subject: "person" });
          await signOut();
        }}
      >
        <p>{t("privacy.ownSure")}</p>
      </Sure>
    </Section>
  );
}

/** Everything here, after a grace; the name is typed to be sure. */
export function BusinessErasure() {
  const { t } = useTranslation("settings");
  const session = useSession();
  const company = session.status === "signedIn" ? session.tenant.name : "";
  const erase = useAskErasure();
  const [name, setName] = useState("");
  return (
    <Section title={t("privacy.business", { company })} text={t("privacy.businessText")}>
      <Sure
        title={t("privacy.business", { company })}
        button={t("privacy.businessButton")}
        disabled={name.trim() !== company}
        onErase={() => erase.mutateAsync({ subject: "business", name: name.trim() })}
      >
        <p>{t("privacy.businessSure")}</p>
        <TextInput
          label={t("privacy.typeName", { company })}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Sure>
    </Section>
  );
}

const empty = { email: "", name: "", username: "" };

/** A buyer who asks to be forgotten: their data go from the orders, the orders stay. */
export function BuyerErasure() {
  const { t } = useTranslation("settings");
  const erase = useAskErasure();
  const [who, setWho] = useState(empty);
  const { busy, problem, run } = useSubmit();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await erase.mutateAsync({ subject: "buyer", ...who });
      setWho(empty);
      confirm(t("privacy.buyerDone"));
    });
  };
  return (
    <Section title={t("privacy.buyer")} text={t("privacy.buyerText")}>
      {problem && <ProblemNote problem={problem} />}
      <form onSubmit={submit} className={css.page}>
        <div className={css.three}>
          {(["email", "name", "username"] as const).map((field) => (
            <TextInput
              key={field}
              label={t(`privacy.buyerBy.${field}`)}
              value={who[field]}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setWho((before) => ({ ...before, [field]: value }));
              }}
            />
          ))}
        </div>
        <div className={css.actions}>
          <Button
            type="submit"
            variant="default"
            loading={busy}
            disabled={!Object.values(who).some((value) => value.trim())}
          >
            {t("privacy.buyerButton")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
