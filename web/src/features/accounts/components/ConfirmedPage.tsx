import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { confirmEmailChange, verifyEmail } from "@/api/sdk.gen";
import { Door } from "@/features/accounts/components/Door";
import { refreshSession, useSession } from "@/shared/auth/session";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";

const ask = { verify: verifyEmail, change: confirmEmailChange };

/** Tells the server that the link of a mail arrived, once, and what came of it. */
export function ConfirmedPage({ kind, token }: { kind: keyof typeof ask; token: string }) {
  const { t } = useTranslation("accounts");
  const { status } = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ["confirmed", kind, token],
    queryFn: async () => {
      const answer = await ask[kind]({ body: { token } });
      if (status === "signedIn") await refreshSession(); // the page knows the person by the old address
      return answer;
    },
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const onward = (
    <Button component={To} size="md" variant={data ? "filled" : "default"} to="/">
      {status === "signedIn" ? t("toOffice") : t("toSignIn")}
    </Button>
  );
  if (data) {
    return (
      <Door title={t(`confirmed.${kind}`)}>
        <p role="status">{t(`confirmed.${kind}Text`, { email: data.email })}</p>
        {onward}
      </Door>
    );
  }
  if (error) {
    return (
      <Door title={t("confirmed.title")}>
        <ProblemNote problem={error} onRetry={() => void refetch()} />
        {onward}
      </Door>
    );
  }
  return (
    <Door title={t("confirmed.title")}>
      <LedgerSkeleton rows={1} />
    </Door>
  );
}
