import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { endSession } from "@/api/sdk.gen";
import type { SessionOut } from "@/api/types.gen";
import { sessionsQuery } from "@/features/settings/api/me";
import { Loaded } from "@/features/settings/components/Loaded";
import { Section } from "@/features/settings/components/Section";
import { deviceName } from "@/features/settings/device";
import { signOut } from "@/shared/auth/session";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Age } from "@/shared/states/Age";
import css from "./Settings.module.css";

function Row({ session, busy, onEnd }: { session: SessionOut; busy: boolean; onEnd: () => void }) {
  const { t } = useTranslation("settings");
  const device = deviceName(session.device) || t("sessions.unknown");
  return (
    <li>
      <span className="grow">
        <span className="medium" title={session.device}>
          {device}
        </span>
        {session.current && <span className="small ink2"> · {t("sessions.this")}</span>}
        <span className="dim small" style={{ display: "block" }}>
          {[session.tenant.name, session.place].filter(Boolean).join(" · ")} · {t("sessions.used")}{" "}
          <Age since={session.used_at} />
          {session.second_factor && ` · ${t(`sessions.factor.${session.second_factor}`)}`}
        </span>
      </span>
      {!session.current && (
        <Button
          size="xs"
          variant="default"
          loading={busy}
          onClick={onEnd}
          aria-label={t("sessions.endNamed", { device })}
        >
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}

/** Where I am logged in, and the way to end it. */
export function SessionsSection() {
  const { t } = useTranslation("settings");
  const queryClient = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: string) => endSession({ path: { session_id: id } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <Section
      bare
      title={t("sessions.title")}
      text={t("sessions.text")}
      aside={
        <Button size="xs" variant="default" onClick={() => void signOut("logout-all")}>
          {t("sessions.endAll")}
        </Button>
      }
    >
      {end.error && <ProblemNote problem={end.error} />}
      <Loaded query={sessions}>
        {({ items }) => (
          <ul className={css.rows}>
            {items.map((session) => (
              <Row
                key={session.id}
                session={session}
                busy={end.isPending && end.variables === session.id}
                onEnd={() => end.mutate(session.id)}
              />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
