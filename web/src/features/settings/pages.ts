import {
  IconAdjustmentsHorizontal,
  IconBell,
  IconBuildingStore,
  IconFileDownload,
  IconKey,
  IconListDetails,
  IconMail,
  IconShieldLock,
  IconUser,
  IconUsers,
  IconWebhook,
  type Icon,
} from "@tabler/icons-react";

export interface SettingsEntry {
  id:
    | "profile"
    | "preferences"
    | "notifications"
    | "security"
    | "people"
    | "business"
    | "api-keys"
    | "webhooks"
    | "audit"
    | "mails"
    | "privacy";
  icon: Icon;
  group: "person" | "business";
  /** Only who administers the business may read it. */
  admin?: true;
}

/** What the settings' own menu leads to, as `/settings/<id>`. */
export const entries: SettingsEntry[] = [
  { id: "profile", icon: IconUser, group: "person" },
  { id: "preferences", icon: IconAdjustmentsHorizontal, group: "person" },
  { id: "notifications", icon: IconBell, group: "person" },
  { id: "security", icon: IconShieldLock, group: "person" },
  { id: "people", icon: IconUsers, group: "business" },
  { id: "business", icon: IconBuildingStore, group: "business" },
  { id: "api-keys", icon: IconKey, group: "business", admin: true },
  { id: "webhooks", icon: IconWebhook, group: "business", admin: true },
  { id: "audit", icon: IconListDetails, group: "business", admin: true },
  { id: "mails", icon: IconMail, group: "business", admin: true },
  { id: "privacy", icon: IconFileDownload, group: "business" },
];
