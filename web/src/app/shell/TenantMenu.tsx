import { Menu, SegmentedControl, Switch, useMantineColorScheme } from "@mantine/core";
import { IconChevronDown, IconLogout } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSession, signOut } from "@/shared/auth/session";
import {
  languageNames,
  languages,
  setPreferences,
  usePreferences,
  type Language,
} from "@/shared/preferences/preferences";
import { Logo } from "@/shared/ui/Logo";
import css from "./Shell.module.css";

export function LanguageSwitch() {
  const { t } = useTranslation("app");
  const { language } = usePreferences();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t("settings.language")}
      value={language}
      onChange={(value) => setPreferences({ language: value as Language })}
      data={languages.map((value) => ({ value, label: <span lang={value}>{languageNames[value]}</span> }))}
    />
  );
}

export function SchemeSwitch() {
  const { t } = useTranslation("app");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t("settings.scheme")}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}
      data={(["light", "dark", "auto"] as const).map((value) => ({ value, label: t(`settings.${value}`) }))}
    />
  );
}

export function SingleKeySwitch() {
  const { t } = useTranslation("app");
  const { singleKeys } = usePreferences();
  return (
    <Switch
      size="xs"
      label={t("settings.singleKeys")}
      checked={singleKeys}
      onChange={(event) => setPreferences({ singleKeys: event.currentTarget.checked })}
    />
  );
}

/** Whose office this is, and the person's own settings. */
export function TenantMenu() {
  const { t } = useTranslation("app");
  const session = useSession();
  const tenant = session.status === "signedIn" ? session.tenant.name : "";
  const email = session.status === "signedIn" ? session.user.email : "";
  return (
    <Menu position="bottom-start" width={260} trapFocus>
      <Menu.Target>
        <button className={css.tenant}>
          <Logo />
          <span className="grow">
            <b className="clip">{tenant}</b>
            <small className="clip">{email}</small>
          </span>
          <IconChevronDown size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("settings.language")}</Menu.Label>
        <div className={css.setting}>
          <LanguageSwitch />
        </div>
        <Menu.Label>{t("settings.scheme")}</Menu.Label>
        <div className={css.setting}>
          <SchemeSwitch />
        </div>
        <Menu.Label>{t("settings.keyboard")}</Menu.Label>
        <div className={css.setting}>
          <SingleKeySwitch />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t("settings.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
