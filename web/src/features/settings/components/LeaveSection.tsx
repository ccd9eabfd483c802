import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { leaveBusiness } from "@/api/sdk.gen";
import type { ProfileOut } from "@/api/types.gen";
import { Section } from "@/features/settings/components/Section";
import { signOut, useSession } from "@/shared/auth/session";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Settings.module.css";

/** Out of this business; account and other businesses stay. */
export function LeaveSection({ profile }: { profile: ProfileOut }) {
  const { t } = useTranslation("settings");
  const session = useSession();
  const [opened, { open, close }] = useDisclosure();
  const { busy, problem, run } = useSubmit();
  const company = session.status === "signedIn" ? session.tenant.name : "";
  return (
    <Section
      title={t("leave.title", { company })}
      text={t(profile.role === "owner" ? "leave.owner" : "leave.text")}
    >
      <div className={css.actions}>
        <Button variant="default" onClick={open}>
          {t("leave.button")}
        </Button>
      </div>
      <Modal
        opened={opened}
        onClose={close}
        title={t("leave.title", { company })}
        closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
      >
        <div className={css.page}>
          {problem && <ProblemNote problem={problem} />}
          <p>{t("leave.confirm", { company })}</p>
          <div className={css.actions}>
            <Button
              loading={busy}
              onClick={() =>
                void run(async () => {
                  await leaveBusiness();
                  await signOut();
                })
              }
            >
              {t("leave.button")}
            </Button>
            <Button variant="default" onClick={close}>
              {t("action.cancel", { ns: "shared" })}
            </Button>
          </div>
        </div>
      </Modal>
    </Section>
  );
}
