import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  getEnquiry,
  getProperty,
  listEnquiries,
  listMails,
  listProperties,
  patchEnquiry,
  replayMail,
  settleMail,
} from "@/api/sdk.gen";
import type { EnquiryEdit, EnquiryOut } from "@/api/types.gen";

export const tabs = ["open", "unknown", "done", "mails"] as const;
export type Tab = (typeof tabs)[number];
/** Those that list enquiries; the last lists the mails that nobody could read. */
export type EnquiryTab = Exclude<Tab, "mails">;

const asked = {
  open: { state: "open" },
  unknown: { state: "open", unknown: true },
  done: { state: "done" },
} as const satisfies Record<EnquiryTab, object>;

export const enquiriesQuery = (tab: EnquiryTab) =>
  infiniteQueryOptions({
    queryKey: ["enquiries", "list", tab],
    queryFn: ({ pageParam, signal }) =>
      listEnquiries({ query: { ...asked[tab], cursor: pageParam, total: pageParam === undefined }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const enquiryQuery = (id: string) =>
  queryOptions({
    queryKey: ["enquiries", "one", id],
    queryFn: ({ signal }) => getEnquiry({ path: { enquiry_id: id }, signal }),
  });

export const unreadMailsQuery = infiniteQueryOptions({
  queryKey: ["enquiries", "mails"],
  queryFn: ({ pageParam, signal }) =>
    listMails({ query: { state: "unread", cursor: pageParam, total: pageParam === undefined }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

/** The property that is asked about; under its own key, so that its page and this one read it once. */
export const propertyQuery = (id: string) =>
  queryOptions({
    queryKey: ["properties", "one", id],
    queryFn: ({ signal }) => getProperty({ path: { property_id: id }, signal }),
  });

export const foundPropertiesQuery = (words: string) =>
  queryOptions({
    queryKey: ["properties", "found", words],
    queryFn: async ({ signal }) => (await listProperties({ query: { q: words, limit: 8 }, signal })).items,
  });

export function useChangeEnquiry(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    scope: { id: `enquiry-${id}` },
    mutationFn: (body: EnquiryEdit) => {
      const known = queryClient.getQueryData(enquiryQuery(id).queryKey);
      const headers = { "If-Match": known ? `"${known.revision}"` : "*" };
      return patchEnquiry({ path: { enquiry_id: id }, body, headers });
    },
    onSuccess: (enquiry: EnquiryOut) => queryClient.setQueryData(enquiryQuery(id).queryKey, enquiry),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["enquiries"] }),
  });
}

/** What can be done with a mail that nobody could read. */
export function useMailActions() {
  const queryClient = useQueryClient();
  const again = { onSettled: () => queryClient.invalidateQueries({ queryKey: ["enquiries"] }) };
  const settle = useMutation({ mutationFn: (id: string) => settleMail({ path: { mail_id: id } }), ...again });
  const replay = useMutation({ mutationFn: (id: string) => replayMail({ path: { mail_id: id } }), ...again });
  return { settle, replay };
}
