import { useMutation, useQueryClient } from "@tanstack/react-query";
import { putDefaults } from "@/api/sdk.gen";
import type { DefaultBody } from "@/api/types.gen";

/** What stands in where a product says nothing; every product that lacks the value follows. */
export function usePutDefault() {
  const queryClient = useQueryClient();
  return useMutation({
    // The person was shown that a value is missing, and none of the defaults that are there.
    mutationFn: (body: DefaultBody) =>
      putDefaults({ body: { defaults: [body] }, headers: { "If-Match": "*" } }),
    onSettled: () =>
      queryClient.invalidateQueries({
        predicate: (query) =>
          ["defaults", "preflight", "publications", "listings"].includes(String(query.queryKey[0])),
      }),
  });
}

export const conditions = [
  "new",
  "new_other",
  "new_with_defects",
  "like_new",
  "refurbished",
  "used",
  "used_very_good",
  "used_good",
  "used_acceptable",
  "for_parts",
] as const;
