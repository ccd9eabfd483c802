import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { CommandBar } from "@/app/shell/CommandBar";
import { KeyOverlay } from "@/app/shell/KeyOverlay";
import { PhoneBottom, PhoneTop } from "@/app/shell/PhoneBars";
import { ReadOnlyNote } from "@/app/shell/ReadOnlyNote";
import { Spine } from "@/app/shell/Spine";
import { Tour } from "@/app/shell/Tour";
import { useOwnChanges } from "@/app/shell/useOwnChanges";
import { useRooms } from "@/app/shell/useRooms";
import { useCommandKeys } from "@/shared/commands/commands";
import { useFollowPreferences } from "@/shared/preferences/person";
import { useRefreshOnEvents } from "@/shared/live/useRefreshOnEvents";
import { OfflineBanner } from "@/shared/ui/OfflineBanner";
import { PageSkeleton } from "@/shared/ui/Skeletons";
import css from "./Shell.module.css";

/** What is read again when something of an entity happened. Kept here: an order touches stock, a brand its listings. */
const nounsByEntity = {
  listing: ["listings", "properties", "publications", "preflight", "imports"],
  publication: ["publications", "listings", "properties", "preflight"],
  order: ["orders", "listings"],
  enquiry: ["enquiries"],
  mail: ["enquiries"],
  connection: ["connections", "preflight", "publications"],
  brand: ["brands", "listings", "preflight"],
  job: ["jobs", "imports"],
  import: ["imports", "listings"],
  person: ["notices", "people", "me"],
  invitation: ["invitations"],
  tenant: ["tenant"],
};

/** Ink spine left, paper right; on a phone a bar above and tabs below. */
export function Shell() {
  const { t } = useTranslation("app");
  useCommandKeys();
  useRooms();
  useRefreshOnEvents(nounsByEntity);
  useFollowPreferences();
  useOwnChanges();
  return (
    <div className={css.shell}>
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      <Spine />
      <PhoneTop />
      <main className={css.main} id="content" tabIndex={-1}>
        <OfflineBanner />
        <ReadOnlyNote />
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <PhoneBottom />
      <CommandBar />
      <KeyOverlay />
      <Tour />
    </div>
  );
}
