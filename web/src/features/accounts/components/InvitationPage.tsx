import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { lookAtInvitation } from "@/api/sdk.gen";
import type { InvitedOut } from "@/api/types.gen";
import { Door } from "@/features/accounts/components/Door";
import { Line, Password } from "@/features/accounts/components/Fields";
import { SecondStep } from "@/features/accounts/components/SecondStep";
import { demandOf, type Demand } from "@/shared/auth/secondFactor";
import { acceptInvitation } from "@/shared/auth/session";
import { useFormat } from "@/shared/format/format";
import { useSubmit } from "@/shared/forms/useSubmit";
import { usePreferences } from "@/shared/preferences/preferences";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Door.module.css";

interface Props {
  token: string;
  onSignedIn: () => void;
}

/** Who asks whom in, as what, and until when. */
function Facts({ invited }: { invited: InvitedOut }) {
  const { t } = useTranslation("accounts");
  const format = useFormat();
  return (
    <dl className={css.facts}>
      <div>
        <dt>{t("signIn.email")}</dt>
        <dd>{invited.email}</dd>
      </div>
      <div>
        <dt>{t("invitation.role")}</dt>
        <dd>
          {t(`role.${invited.role}`, { ns: "auth" })}
          <br />
          <span className="dim small">{t(`roleText.${invited.role}`, { ns: "auth" })}</span>
        </dd>
      </div>
      <div>
        <dt>{t("invitation.until")}</dt>
        <dd>{format.date(new Date(invited.expires_at))}</dd>
      </div>
    </dl>
  );
}

function Accept({ token, invited, onSignedIn }: Props & { invited: InvitedOut }) {
  const { t } = useTranslation("accounts");
  const { language } = usePreferences();
  const [wish, setWish] = useState({ first_name: "", last_name: "", password: "" });
  const [demand, setDemand] = useState<Demand>();
  const { busy, problem, errorAt, run } = useSubmit(["first_name", "last_name", "password"]);
  const at = (field: keyof typeof wish) => ({
    value: wish[field],
    error: errorAt(field),
    onChange: (value: string) => setWish((before) => ({ ...before, [field]: value })),
  });
  async function accept() {
    try {
      await acceptInvitation(token, invited.is_known ? { password: wish.password } : { ...wish, language });
      onSignedIn();
    } catch (thrown) {
      const asked = demandOf(thrown);
      if (!asked) throw thrown;
      setDemand(asked);
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(accept);
  };
  if (demand) {
    return <SecondStep demand={demand} onSignedIn={onSignedIn} onAgain={() => setDemand(undefined)} />;
  }
  return (
    <Door
      title={t("invitation.title", { company: invited.company })}
      text={t("invitation.text", { inviter: invited.inviter })}
    >
      <Facts invited={invited} />
      {problem && <ProblemNote problem={problem} />}
      <form onSubmit={submit} className={css.fields}>
        {/* The password manager keeps the new password under this address. */}
        <input type="email" autoComplete="username" value={invited.email} readOnly hidden />
        {invited.is_known ? (
          <p className="small ink2">{t("invitation.known")}</p>
        ) : (
          <div className={css.two}>
            <Line label={t("register.firstName")} autoComplete="given-name" {...at("first_name")} />
            <Line label={t("register.lastName")} autoComplete="family-name" {...at("last_name")} />
          </div>
        )}
        <Password
          label={t(invited.is_known ? "signIn.password" : "reset.password")}
          autoComplete={invited.is_known ? "current-password" : "new-password"}
          help={invited.is_known ? undefined : t("passwordHelp")}
          {...at("password")}
        />
        <Button size="md" fullWidth type="submit" loading={busy}>
          {t("invitation.submit")}
        </Button>
      </form>
    </Door>
  );
}

/** An invitation by mail: what it says, and the way in. */
export function InvitationPage({ token, onSignedIn }: Props) {
  const { t } = useTranslation("accounts");
  const { data, error, refetch } = useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => lookAtInvitation({ path: { token }, signal }),
    staleTime: Infinity,
  });
  if (data) return <Accept token={token} invited={data} onSignedIn={onSignedIn} />;
  return (
    <Door title={t("invitation.plain")}>
      {error ? (
        <>
          <ProblemNote problem={error} onRetry={() => void refetch()} />
          <Button component={To} size="md" variant="default" to="/">
            {t("toSignIn")}
          </Button>
        </>
      ) : (
        <LedgerSkeleton rows={3} label={t("invitation.plain")} />
      )}
    </Door>
  );
}
