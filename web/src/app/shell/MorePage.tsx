import { Button } from "@mantine/core";
import { To } from "@/shared/ui/To";
import { IconChevronRight, IconFileImport, IconLogout, IconSettings } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { phoneRooms } from "@/app/shell/rooms";
import { useShownRooms } from "@/app/shell/useShownRooms";
import { LanguageSwitch, SchemeSwitch, SingleKeySwitch } from "@/app/shell/TenantMenu";
import { signOut } from "@/shared/auth/session";
import { Body } from "@/shared/layout/Body";
import { PageHeader } from "@/shared/ui/PageHeader";
import css from "./MorePage.module.css";

/** What the phone's bar has no room for, and the person's own settings. */
export function MorePage() {
  const { t } = useTranslation("app");
  const rest = useShownRooms().filter((room) => !phoneRooms.includes(room));
  return (
    <>
      <PageHeader title={t("more.title")} />
      <Body className={css.body}>
        <nav className="sheet" aria-label={t("more.title")}>
          {rest.map((room) => (
            <To key={room.id} to={room.to} className={css.room}>
              <room.icon size={20} stroke={1.7} aria-hidden />
              <span className="grow">{t(`room.${room.id}`)}</span>
              <IconChevronRight size={18} aria-hidden />
            </To>
          ))}
          <To to="/imports" className={css.room}>
            <IconFileImport size={20} stroke={1.7} aria-hidden />
            <span className="grow">{t("more.import")}</span>
            <IconChevronRight size={18} aria-hidden />
          </To>
          <To to="/settings" className={css.room}>
            <IconSettings size={20} stroke={1.7} aria-hidden />
            <span className="grow">{t("settings.title")}</span>
            <IconChevronRight size={18} aria-hidden />
          </To>
        </nav>
        <section className={`sheet ${css.settings}`} aria-label={t("settings.title")}>
          <p className="small medium">{t("settings.language")}</p>
          <LanguageSwitch />
          <p className="small medium">{t("settings.scheme")}</p>
          <SchemeSwitch />
          <SingleKeySwitch />
        </section>
        <Button variant="default" leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t("settings.signOut")}
        </Button>
      </Body>
    </>
  );
}
