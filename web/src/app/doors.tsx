import { useRouter, useSearch } from "@tanstack/react-router";
import { ConfirmedPage } from "@/features/accounts/components/ConfirmedPage";
import { ForgottenPage } from "@/features/accounts/components/ForgottenPage";
import { InvitationPage } from "@/features/accounts/components/InvitationPage";
import { LoginPage } from "@/features/accounts/components/LoginPage";
import { MustAddPage } from "@/features/accounts/components/MustAddPage";
import { RegisterPage } from "@/features/accounts/components/RegisterPage";
import { ResetPage } from "@/features/accounts/components/ResetPage";
import { givePreferences, takePreferences } from "@/shared/preferences/person";

/** Only an address of our own is followed after the sign-in. */
const isOwnPath = (next: string | undefined): next is string => /^\/(?![/\\])/.test(next ?? "");

interface DoorSearch {
  next?: string;
  token?: string;
}

function useDoor() {
  const router = useRouter();
  const { next, token = "" } = useSearch({ strict: false }) as DoorSearch;
  const goOn = () => router.history.replace(isOwnPath(next) ? next : "/");
  // What the person chose is asked for first, for it says where "/" leads. No answer keeps nobody out.
  const after = (preferences: () => Promise<void>) => () =>
    void preferences()
      .catch(() => undefined)
      .then(goOn);
  return { token, onSignedIn: after(takePreferences), onArrived: after(givePreferences) };
}

export function MustAddRoute() {
  return <MustAddPage onSignedIn={useDoor().onSignedIn} />;
}

/** The sign-in, and back to where the person wanted to go. */
export function LoginRoute() {
  return <LoginPage onSignedIn={useDoor().onSignedIn} />;
}

export function RegisterRoute() {
  return <RegisterPage onSignedIn={useDoor().onArrived} />;
}

export function ForgottenRoute() {
  return <ForgottenPage />;
}

export function ResetRoute() {
  return <ResetPage token={useDoor().token} />;
}

export function VerifyRoute() {
  return <ConfirmedPage kind="verify" token={useDoor().token} />;
}

export function ConfirmRoute() {
  return <ConfirmedPage kind="change" token={useDoor().token} />;
}

export function InvitationRoute() {
  const { token, onSignedIn } = useDoor();
  return <InvitationPage token={token} onSignedIn={onSignedIn} />;
}
