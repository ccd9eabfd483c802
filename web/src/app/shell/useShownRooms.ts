import { queryOptions, useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { listProperties } from "@/api/sdk.gen";
import { rooms, type Room } from "@/app/shell/rooms";

/** Whether there is any property, archived ones too. */
const anyPropertyQuery = queryOptions({
  queryKey: ["properties", "any"],
  queryFn: async ({ signal }) => {
    const query = {
      limit: 1,
      status: ["draft", "active", "archived"] as ("draft" | "active" | "archived")[],
    };
    return (await listProperties({ query, signal })).items.length > 0;
  },
});

/** The rooms that the menu offers: a shop that sells goods alone is not shown what only estate agents need. */
export function useShownRooms(): Room[] {
  const { pathname } = useLocation();
  const hasProperties = useQuery(anyPropertyQuery).data ?? false;
  const isInside = rooms.some((room) => room.trade === "property" && pathname.startsWith(room.to));
  return rooms.filter((room) => room.trade !== "property" || hasProperties || isInside);
}
