import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { invitationsQuery, useResendInvitation, useRevokeInvitation } from "@/features/settings/api/people";
import { Loaded } from "@/features/settings/components/Loaded";
import { Section } from "@/features/settings/components/Section";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Age } from "@/shared/states/Age";
import { confirm } from "@/shared/ui/toast";
import css from "./Settings.module.css";

/** Who was asked in and has not come yet. */
export function Invitations() {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const invitations = useQuery(invitationsQuery);
  const resend = useResendInvitation();
  const revoke = useRevokeInvitation();
  const problem = resend.error ?? revoke.error;
  return (
    <Section bare title={t("invitations.title")}>
      {problem && <ProblemNote problem={problem} />}
      <Loaded query={invitations} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={`small dim ${css.body}`}>{t("invitations.none")}</p>
          ) : (
            <ul className={css.rows}>
              {items.map((row) => (
                <li key={row.id}>
                  <span className="grow">
                    <span className="medium">{row.email}</span>
                    <span className="dim small" style={{ display: "block" }}>
                      {t(`role.${row.role}`, { ns: "auth" })} · {t("invitations.sent")}{" "}
                      <Age since={row.sent_at} /> ·{" "}
                      {t(`invitations.${row.status}`, { date: format.date(new Date(row.expires_at)) })}
                    </span>
                  </span>
                  <span className={css.actions}>
                    <Button
                      size="xs"
                      variant="default"
                      loading={resend.isPending && resend.variables === row.id}
                      onClick={() =>
                        resend.mutate(row.id, {
                          onSuccess: () => confirm(t("invite.done", { email: row.email })),
                        })
                      }
                    >
                      {t("invitations.resend")}
                    </Button>
                    <Button
                      size="xs"
                      variant="subtle"
                      loading={revoke.isPending && revoke.variables === row.id}
                      onClick={() => revoke.mutate(row.id)}
                    >
                      {t("invitations.revoke")}
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
