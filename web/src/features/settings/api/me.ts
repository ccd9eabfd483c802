import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  getNotifications,
  getProfile,
  listSessions,
  patchNotifications,
  patchProfile,
  removeAvatar,
  setAvatar,
} from "@/api/sdk.gen";
import type { NotificationsEdit, ProfileEdit } from "@/api/types.gen";
import { refreshSession } from "@/shared/auth/session";

export const profileQuery = queryOptions({
  queryKey: ["me", "profile"],
  queryFn: ({ signal }) => getProfile({ signal }),
});

export const notificationsQuery = queryOptions({
  queryKey: ["me", "notifications"],
  queryFn: ({ signal }) => getNotifications({ signal }),
});

export const sessionsQuery = queryOptions({
  queryKey: ["me", "sessions"],
  queryFn: ({ signal }) => listSessions({ signal }),
});

export function useChangeProfile() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: ProfileEdit) => patchProfile({ body }),
    onSuccess: (profile) => {
      queryClient.setQueryData(profileQuery.queryKey, profile);
      void queryClient.invalidateQueries({ queryKey: ["people"] });
      void refreshSession(); // the shell shows the name that the token's answer told
    },
  });
}

export function useChangeNotifications() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: NotificationsEdit) => patchNotifications({ body }),
    onSuccess: (now) => queryClient.setQueryData(notificationsQuery.queryKey, now),
  });
}

/** A square picture, or none. */
export function useChangeAvatar() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (file: Blob | undefined) => {
      if (file) await setAvatar({ body: { file } });
      else await removeAvatar();
    },
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: profileQuery.queryKey }),
        queryClient.invalidateQueries({ queryKey: ["people"] }),
      ]),
  });
}
