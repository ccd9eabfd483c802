import "i18next";
import type accounts from "@/features/accounts/locales/de.json";
import type channels from "@/features/channels/locales/de.json";
import type enquiries from "@/features/enquiries/locales/de.json";
import type imports from "@/features/imports/locales/de.json";
import type jobs from "@/features/jobs/locales/de.json";
import type listings from "@/features/listings/locales/de.json";
import type notices from "@/features/notices/locales/de.json";
import type orders from "@/features/orders/locales/de.json";
import type properties from "@/features/properties/locales/de.json";
import type publishing from "@/features/publishing/locales/de.json";
import type settings from "@/features/settings/locales/de.json";
import type today from "@/features/today/locales/de.json";
import type states from "@/features/states/locales/de.json";
import type auth from "@/shared/auth/locales/de.json";
import type shared from "@/shared/locales/de.json";
import type app from "./locales/de.json";

/** Keys are typed from the German catalogues; a test holds English and French to the same keys. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shared";
    resources: {
      app: typeof app;
      shared: typeof shared;
      accounts: typeof accounts;
      auth: typeof auth;
      channels: typeof channels;
      enquiries: typeof enquiries;
      imports: typeof imports;
      jobs: typeof jobs;
      listings: typeof listings;
      notices: typeof notices;
      orders: typeof orders;
      properties: typeof properties;
      publishing: typeof publishing;
      settings: typeof settings;
      states: typeof states;
      today: typeof today;
    };
  }
}
