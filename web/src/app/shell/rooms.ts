import {
  IconActivity,
  IconBuilding,
  IconHome2,
  IconInbox,
  IconMessages,
  IconNotebook,
  IconPlugConnected,
  IconSend,
  type Icon,
} from "@tabler/icons-react";

export interface Room {
  id: "today" | "inbox" | "listings" | "properties" | "enquiries" | "publish" | "channels" | "jobs";
  to: string;
  icon: Icon;
  keys: string;
  group: "work" | "operations";
  /** Only in the menu of who has properties, or looks at them; by its key and in the command bar for everybody. */
  trade?: "property";
}

/** What the menu, the phone bar, the command bar and the G keys lead to. */
export const rooms: Room[] = [
  { id: "today", to: "/today", icon: IconHome2, keys: "G H", group: "work" },
  { id: "inbox", to: "/inbox", icon: IconInbox, keys: "G P", group: "work" },
  { id: "listings", to: "/listings", icon: IconNotebook, keys: "G A", group: "work" },
  { id: "properties", to: "/properties", icon: IconBuilding, keys: "G I", group: "work", trade: "property" },
  { id: "enquiries", to: "/enquiries", icon: IconMessages, keys: "G F", group: "work", trade: "property" },
  { id: "publish", to: "/publish", icon: IconSend, keys: "G V", group: "work" },
  { id: "channels", to: "/channels", icon: IconPlugConnected, keys: "G K", group: "work" },
  { id: "jobs", to: "/jobs", icon: IconActivity, keys: "G J", group: "operations" },
];

/** The phone's bar has room for four and "more". */
export const phoneRooms = rooms.filter((room) =>
  ["today", "inbox", "listings", "channels"].includes(room.id),
);
