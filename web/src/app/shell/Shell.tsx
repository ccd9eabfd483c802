import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { CommandBar } from "@/app/shell/CommandBar";
import { KeyOverlay } from "@/app/shell/KeyOverlay";
import { PhoneBottom, PhoneTop } from "@/app/shell/PhoneBars";
import { Spine } from "@/app/shell/Spine";
import { useRooms } from "@/app/shell/useRooms";
import { useCommandKeys } from "@/shared/commands/commands";
import { OfflineBanner } from "@/shared/ui/OfflineBanner";
import { PageSkeleton } from "@/shared/ui/Skeletons";
import css from "./Shell.module.css";

/** Ink spine left, paper right; on a phone a bar above and tabs below. */
export function Shell() {
  const { t } = useTranslation("app");
  useCommandKeys();
  useRooms();
  return (
    <div className={css.shell}>
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      <Spine />
      <PhoneTop />
      <main className={css.main} id="content" tabIndex={-1}>
        <OfflineBanner />
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <PhoneBottom />
      <CommandBar />
      <KeyOverlay />
    </div>
  );
}
