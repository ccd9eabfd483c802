import { IconChevronRight } from "@tabler/icons-react";
import { Outlet, useLocation } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { entries, type SettingsEntry } from "@/features/settings/pages";
import { useRights } from "@/shared/auth/rights";
import { useSession } from "@/shared/auth/session";
import { Body } from "@/shared/layout/Body";
import { PageHeader } from "@/shared/ui/PageHeader";
import { PageSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Settings.module.css";

const groups = ["person", "business"] as const;

function useGroups(): { title: string; entries: SettingsEntry[] }[] {
  const { t } = useTranslation("settings");
  const session = useSession();
  const { admin } = useRights();
  const tenant = session.status === "signedIn" ? session.tenant.name : "";
  return groups.map((group) => ({
    title: group === "person" ? t("group.person") : tenant,
    entries: entries.filter((entry) => entry.group === group && (admin || !entry.admin)),
  }));
}

function Nav() {
  const { t } = useTranslation("settings");
  return (
    <nav className={`desktop ${css.nav}`} aria-label={t("title")}>
      {useGroups().map((group) => (
        <div key={group.title}>
          <h2 className="clip">{group.title}</h2>
          {group.entries.map((entry) => (
            <To key={entry.id} to={`/settings/${entry.id}`} activeProps={{ "aria-current": "page" }}>
              <entry.icon size={18} stroke={1.7} aria-hidden />
              {t(`page.${entry.id}`)}
            </To>
          ))}
        </div>
      ))}
    </nav>
  );
}

/** The settings' menu left and one page right; on a phone the menu is a page of its own. */
export function SettingsPage() {
  const { t } = useTranslation("settings");
  const { pathname } = useLocation();
  const current = entries.find((entry) => pathname === `/settings/${entry.id}`);
  return (
    <>
      <PageHeader
        title={current ? t(`page.${current.id}`) : t("title")}
        facts={current && t(`facts.${current.id}`)}
        crumbs={current && [{ label: t("title"), to: "/settings" }]}
      />
      <Body>
        <div className={css.grid}>
          <Nav />
          <div className={css.page}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </div>
        </div>
      </Body>
    </>
  );
}

/** Where `/settings` leads: on a phone the list of pages, beside the menu what they are for. */
export function SettingsHome() {
  const { t } = useTranslation("settings");
  return (
    <>
      {useGroups().map((group) => (
        <div key={group.title} className={css.page}>
          <h2 className={css.phoneGroup}>{group.title}</h2>
          <nav className={`sheet ${css.list}`} aria-label={group.title}>
            {group.entries.map((entry) => (
              <To key={entry.id} to={`/settings/${entry.id}`}>
                <entry.icon size={20} stroke={1.7} aria-hidden />
                <span className="grow">
                  {t(`page.${entry.id}`)}
                  <span className="dim small desktop" style={{ display: "block" }}>
                    {t(`facts.${entry.id}`)}
                  </span>
                </span>
                <IconChevronRight size={18} aria-hidden />
              </To>
            ))}
          </nav>
        </div>
      ))}
    </>
  );
}
