import { useQuery } from "@tanstack/react-query";
import { useNeeds } from "@/features/today/useNeeds";
import type { Room } from "@/app/shell/rooms";
import { connectionsQuery } from "@/shared/connections/connections";
import { jobCountsQuery, listingCountsQuery, orderCountsQuery } from "@/shared/counts/counts";
import { useFormat } from "@/shared/format/format";
import { useTranslation } from "react-i18next";

export interface RoomCount {
  text: string;
  /** Somebody should look. */
  hot?: boolean;
}

const asksForAHand = ["refused", "authorised", "expiring"];

/** What waits in each room; nothing is said where nothing waits. */
export function useRoomCounts(): Partial<Record<Room["id"], RoomCount>> {
  const { t } = useTranslation("app");
  const format = useFormat();
  const orders = useQuery(orderCountsQuery).data?.counts;
  const listings = useQuery(listingCountsQuery).data;
  const jobs = useQuery(jobCountsQuery).data;
  const connections = useQuery(connectionsQuery).data;
  const toDo = (orders?.to_ship ?? 0) + (orders?.cancel_requested ?? 0);
  const broken = connections?.filter((one) => asksForAHand.includes(one.state)).length ?? 0;
  const running = (jobs?.running ?? 0) + (jobs?.waiting ?? 0);
  const count = (value: number, hot?: true): RoomCount | undefined =>
    value > 0 ? { text: format.number(value), hot } : undefined;
  return {
    today: count(useNeeds().needs?.length ?? 0, true),
    inbox: count(toDo, true),
    listings: count(listings?.total ?? 0),
    channels: count(broken, true),
    jobs: running > 0 ? { text: t("running", { count: running }) } : undefined,
  };
}
