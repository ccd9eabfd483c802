import { MantineProvider, localStorageColorSchemeManager } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { router } from "@/app/router";
import { currentSession, onSession, refreshSession, useSession, type Session } from "@/shared/auth/session";
import { ProofModal } from "@/shared/auth/ProofModal";
import { asProblem, Problem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { cssVariablesResolver, theme } from "@/shared/theme/theme";

const freshMilliseconds = 30_000;

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Events say what is no longer true; the clock is only the second line.
      staleTime: freshMilliseconds,
      retry: (failures, error) => {
        const { status } = asProblem(error);
        return failures < 2 && (status === 0 || status >= 500);
      },
    },
  },
});

/** Who may see what is shown: another person, business, or one that must prove more first, sees something else. */
const personOf = (session: Session) =>
  session.status === "signedIn"
    ? [session.user.id, session.tenant.id, session.user.must_add_second_factor].join()
    : undefined;

/** A change of person forgets everything that the last one saw. */
function useForgetOnSignOut(): void {
  useEffect(() => {
    let before = personOf(currentSession());
    return onSession(() => {
      const now = personOf(currentSession());
      if (now === before) return;
      before = now;
      queryClient.clear();
      void router.invalidate();
    });
  }, []);
}

/** The very first question found no answer: nothing can be shown, and asking again is all there is to do. */
function NoServer() {
  return (
    <main style={{ maxWidth: 560, margin: "20vh auto", padding: 16 }}>
      <h1 className="vh">Kontor</h1>
      <ProblemNote problem={new Problem("client.offline", 0, "")} onRetry={() => void refreshSession()} />
    </main>
  );
}

function Gate() {
  const { status } = useSession();
  if (status === "starting") return <NoServer />;
  return <RouterProvider router={router} />;
}

export function App() {
  useForgetOnSignOut();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: "kontor.scheme" })}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-center" autoClose={6000} limit={3} />
        <Gate />
        <ProofModal />
      </QueryClientProvider>
    </MantineProvider>
  );
}
