import { useMantineColorScheme } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { getPreferences, patchPreferences } from "@/api/sdk.gen";
import type { PreferencesEdit, PreferencesOut } from "@/api/types.gen";
import { setPreferences } from "@/shared/preferences/preferences";

/** What the person chose, on whatever device they chose it. */
export const preferencesQuery = queryOptions({
  queryKey: ["me", "preferences"],
  queryFn: ({ signal }) => getPreferences({ signal }),
});

function follow(chosen: PreferencesOut): void {
  setPreferences({
    language: chosen.language,
    timeZone: chosen.time_zone,
    startPage: chosen.start_page,
  });
}

/** Right after a sign-in, before the first page: the language, the clock and the first page are the person's own. */
export async function takePreferences(): Promise<void> {
  follow(await getPreferences());
}

/** The same for who is here for the first time: what this browser says counts until they choose. */
export async function givePreferences(): Promise<void> {
  follow(await patchPreferences({ body: { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone } }));
}

/** Has the whole app obey what the person chose, and follow when they choose otherwise elsewhere. */
export function useFollowPreferences(): void {
  const { setColorScheme } = useMantineColorScheme();
  const { data } = useQuery(preferencesQuery);
  // Mantine's setter is another function with each drawing: it must not be what makes the effect run.
  const obey = useEffectEvent((chosen: PreferencesOut) => {
    follow(chosen);
    setColorScheme(chosen.theme === "system" ? "auto" : chosen.theme);
  });
  useEffect(() => {
    if (data) obey(data);
  }, [data]);
}

/** Shows the choice at once and keeps it with the person; a refusal takes it back. */
export function useChangePreferences() {
  const queryClient = useQueryClient();
  const { queryKey } = preferencesQuery;
  return useMutation({
    mutationFn: (body: PreferencesEdit) => patchPreferences({ body }),
    onMutate: async (change) => {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      if (before) queryClient.setQueryData(queryKey, { ...before, ...change });
      return { before };
    },
    onError: (_error, _change, context) => queryClient.setQueryData(queryKey, context?.before),
    onSuccess: (now) => queryClient.setQueryData(queryKey, now),
  });
}
