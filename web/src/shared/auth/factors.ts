import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  addPasskey,
  beginPasskey,
  beginTotp,
  confirmTotp,
  listFactors,
  makeRecoveryCodes,
  removeFactor,
} from "@/api/sdk.gen";
import type { AddedOut, PasskeyIn } from "@/api/types.gen";
import { makePasskey } from "@/shared/auth/passkeys";

export const factorsQuery = queryOptions({
  queryKey: ["me", "factors"],
  queryFn: ({ signal }) => listFactors({ signal }),
});

function useRead() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: factorsQuery.queryKey });
}

/** A new secret for the app; it counts once its code is confirmed. */
export const useBeginTotp = () => useMutation({ mutationFn: () => beginTotp() });

export function useConfirmTotp() {
  const onSuccess = useRead();
  return useMutation({ mutationFn: (code: string) => confirmTotp({ body: { code } }), onSuccess });
}

export function useAddPasskey() {
  const onSuccess = useRead();
  return useMutation({
    mutationFn: async (name: string): Promise<AddedOut> => {
      const { challenge, options } = await beginPasskey();
      const credential = (await makePasskey(options)) as PasskeyIn["credential"];
      return addPasskey({ body: { challenge, name, credential } });
    },
    onSuccess,
  });
}

export function useRemoveFactor() {
  const onSuccess = useRead();
  return useMutation({
    mutationFn: (id: string) => removeFactor({ path: { factor_id: id } }),
    onSuccess,
  });
}

export function useMakeCodes() {
  const onSuccess = useRead();
  return useMutation({ mutationFn: () => makeRecoveryCodes(), onSuccess });
}
