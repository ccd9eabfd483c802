import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { preferencesQuery, useFollowPreferences } from "@/shared/preferences/person";
import { setPreferences, usePreferences } from "@/shared/preferences/preferences";

const drawn = vi.fn();

function Page() {
  useFollowPreferences();
  usePreferences();
  drawn();
  return null;
}

it("what the person chose is obeyed, and the page comes to rest", async () => {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const chosen = { language: "de", time_zone: "America/New_York", theme: "dark", start_page: "listings" };
  queryClient.setQueryData(preferencesQuery.queryKey, { ...chosen, tour_done: true } as never);
  render(
    <MantineProvider>
      <QueryClientProvider client={queryClient}>
        <Page />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await waitFor(() => expect(document.documentElement.dataset.mantineColorScheme).toBe("dark"));
  expect(drawn.mock.calls.length).toBeLessThan(10);
  setPreferences({ timeZone: undefined, startPage: undefined });
});
