import { useRouter, useSearch } from "@tanstack/react-router";
import { LoginPage } from "@/features/accounts/components/LoginPage";

/** Only an address of our own is followed after the sign-in. */
const isOwnPath = (next: string | undefined): next is string => /^\/(?![/\\])/.test(next ?? "");

/** The sign-in, and back to where the person wanted to go. */
export function LoginRoute() {
  const router = useRouter();
  const { next } = useSearch({ strict: false }) as { next?: string };
  return <LoginPage onSignedIn={() => router.history.replace(isOwnPath(next) ? next : "/today")} />;
}
