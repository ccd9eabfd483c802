import "i18next";
import type accounts from "@/features/accounts/locales/de.json";
import type states from "@/features/states/locales/de.json";
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
      states: typeof states;
    };
  }
}
