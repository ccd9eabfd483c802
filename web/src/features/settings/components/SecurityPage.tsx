import { FactorsSection } from "@/features/settings/components/FactorsSection";
import { PasswordSection } from "@/features/settings/components/PasswordSection";
import { SessionsSection } from "@/features/settings/components/SessionsSection";

/** What opens my account, and where it is open. */
export function SecurityPage() {
  return (
    <>
      <PasswordSection />
      <FactorsSection />
      <SessionsSection />
    </>
  );
}
