import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { rooms } from "@/app/shell/rooms";
import { useCommands } from "@/shared/commands/commands";

/** Every room by its G key and in the command bar. */
export function useRooms(): void {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  useCommands(
    rooms.map((room) => ({
      id: `go.${room.id}`,
      group: "go" as const,
      label: t(`room.${room.id}`),
      icon: room.icon,
      keys: room.keys,
      run: () => void navigate({ to: room.to }),
    })),
  );
}
