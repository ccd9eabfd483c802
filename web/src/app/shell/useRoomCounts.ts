import type { Room } from "@/app/shell/rooms";

export interface RoomCount {
  text: string;
  /** Somebody should look. */
  hot?: boolean;
}

/** What waits in each room. */
export function useRoomCounts(): Partial<Record<Room["id"], RoomCount>> {
  return {};
}
