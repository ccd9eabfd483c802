import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { listNotices, readNotices } from "@/api/sdk.gen";
import type { ReadNoticesIn } from "@/api/types.gen";

export const noticesQuery = infiniteQueryOptions({
  queryKey: ["notices"],
  queryFn: ({ pageParam, signal }) => listNotices({ query: { limit: 20, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export function useReadNotices() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: ReadNoticesIn) => readNotices({ body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: noticesQuery.queryKey }),
  });
}
