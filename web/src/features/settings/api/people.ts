import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  getBusiness,
  handOverOwnership,
  invitePerson,
  listInvitations,
  listPeople,
  patchBusiness,
  patchPerson,
  resendInvitation,
  revokeInvitation,
} from "@/api/sdk.gen";
import type { BusinessSettingsEdit, InviteIn, PersonEdit, PersonRow } from "@/api/types.gen";
import { refreshSession } from "@/shared/auth/session";

export const peopleQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ["people", "list", search],
    queryFn: ({ pageParam, signal }) =>
      listPeople({ query: { q: search || undefined, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) => listInvitations({ query: { limit: 100 }, signal }),
});

export const businessQuery = queryOptions({
  queryKey: ["tenant"],
  queryFn: ({ signal }) => getBusiness({ signal }),
});

function useRead(...nouns: string[]) {
  const queryClient = useQueryClient();
  return () => Promise.all(nouns.map((noun) => queryClient.invalidateQueries({ queryKey: [noun] })));
}

/** Another role, out, or in again: as the row stood when it was decided. */
export function useChangePerson() {
  const onSettled = useRead("people");
  return useMutation({
    mutationFn: ({ person, edit }: { person: PersonRow; edit: PersonEdit }) =>
      patchPerson({ path: { person_id: person.id }, body: edit, headers: { "If-Match": person.etag } }),
    onSettled,
  });
}

export function useHandOver() {
  const onSuccess = useRead("people");
  return useMutation({
    mutationFn: async ({ person, password }: { person: PersonRow; password: string }) => {
      await handOverOwnership({ path: { person_id: person.id }, body: { password } });
      await refreshSession(); // my own role is another now
    },
    onSuccess,
  });
}

export function useInvite() {
  const onSuccess = useRead("invitations");
  return useMutation({
    mutationFn: ({ body, key }: { body: InviteIn; key: string }) =>
      invitePerson({ body, headers: { "Idempotency-Key": key } }),
    onSuccess,
  });
}

export function useResendInvitation() {
  const onSettled = useRead("invitations");
  return useMutation({
    mutationFn: (id: string) => resendInvitation({ path: { invitation_id: id } }),
    onSettled,
  });
}

export function useRevokeInvitation() {
  const onSettled = useRead("invitations");
  return useMutation({
    mutationFn: (id: string) => revokeInvitation({ path: { invitation_id: id } }),
    onSettled,
  });
}

export function useChangeBusiness() {
  const queryClient = useQueryClient();
  return useMutation({
    // One change after the other, each on what the one before made.
    scope: { id: "tenant" },
    mutationFn: async (body: BusinessSettingsEdit) => {
      const { etag } = await queryClient.ensureQueryData(businessQuery);
      return patchBusiness({ body, headers: { "If-Match": etag } });
    },
    onError: () => queryClient.invalidateQueries(businessQuery),
    onSuccess: (now) => {
      queryClient.setQueryData(businessQuery.queryKey, now);
      void refreshSession(); // name, and what the business demands of me
    },
  });
}
