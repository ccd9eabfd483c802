import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { rooms, type Room } from "@/app/shell/rooms";
import { connectionsQuery } from "@/shared/connections/connections";
import { orderCountsQuery } from "@/shared/counts/counts";
import { useFormat } from "@/shared/format/format";
import { useStateWord } from "@/shared/states/Chip";
import { useCommands } from "@/shared/commands/commands";

const hot = ["refused", "authorised", "expiring", "unreachable"];

/** What waits in a room, in the words of the states. */
function useWaiting(): Partial<Record<Room["id"], string>> {
  const word = useStateWord();
  const format = useFormat();
  const orders = useQuery(orderCountsQuery).data?.counts;
  const connections = useQuery(connectionsQuery).data ?? [];
  const words = (counts: [state: string, count: number][]) =>
    counts
      .filter(([, count]) => count > 0)
      .map(([state, count]) => `${word(state)} ${format.number(count)}`)
      .join(", ") || undefined;
  return {
    inbox: words((["to_ship", "cancel_requested"] as const).map((state) => [state, orders?.[state] ?? 0])),
    channels: words(hot.map((state) => [state, connections.filter((one) => one.state === state).length])),
  };
}

/** Every room by its G key and in the command bar. */
export function useRooms(): void {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const waits = useWaiting();
  useCommands(
    rooms.map((room) => ({
      id: `go.${room.id}`,
      group: "go" as const,
      label: t(`room.${room.id}`),
      description: waits[room.id],
      icon: room.icon,
      keys: room.keys,
      run: () => void navigate({ to: room.to }),
    })),
  );
}
