import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AddedOut } from "@/api/types.gen";
import { Door } from "@/features/accounts/components/Door";
import { AddPasskey } from "@/shared/auth/AddPasskey";
import { AddTotp } from "@/shared/auth/AddTotp";
import { factorsQuery } from "@/shared/auth/factors";
import { RecoveryCodes } from "@/shared/auth/RecoveryCodes";
import { refreshSession, signOut, useSession } from "@/shared/auth/session";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Door.module.css";

/** The business demands a second factor and the person has none: one has to be added before anything else. */
export function MustAddPage({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation("auth");
  const session = useSession();
  const factors = useQuery(factorsQuery);
  const [added, setAdded] = useState<AddedOut>();
  const company = session.status === "signedIn" ? session.tenant.name : "";
  async function goOn() {
    await refreshSession(); // the next token has the role's rights
    onSignedIn();
  }
  const take = (now: AddedOut) => (now.recovery_codes ? setAdded(now) : void goOn());
  return (
    <Door title={t("must.title")} text={t("must.text", { company })}>
      {added?.recovery_codes ? (
        <RecoveryCodes codes={added.recovery_codes} onDone={() => void goOn()} />
      ) : (
        <>
          {factors.error && <ProblemNote problem={factors.error} onRetry={() => void factors.refetch()} />}
          <h2 className={css.way}>{t("must.app")}</h2>
          <AddTotp onAdded={take} />
          <h2 className={css.way}>{t("must.passkey")}</h2>
          {factors.data && <AddPasskey factors={factors.data} onAdded={take} />}
          <p className={css.links}>
            <Button variant="subtle" size="compact-sm" onClick={() => void signOut()}>
              {t("must.signOut")}
            </Button>
          </p>
        </>
      )}
    </Door>
  );
}
