import { Menu, SegmentedControl, Switch, useMantineColorScheme } from "@mantine/core";
import { IconBuildingStore, IconChevronDown, IconLogout, IconSettings } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getMe } from "@/api/sdk.gen";
import { signOut, switchTenant, useSession } from "@/shared/auth/session";
import { useChangePreferences } from "@/shared/preferences/person";
import {
  languageNames,
  languages,
  setPreferences,
  usePreferences,
  type Language,
} from "@/shared/preferences/preferences";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Logo } from "@/shared/ui/Logo";
import { To } from "@/shared/ui/To";
import css from "./Shell.module.css";

export function LanguageSwitch() {
  const { t } = useTranslation("app");
  const { language } = usePreferences();
  const change = useChangePreferences();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t("settings.language")}
      value={language}
      onChange={(value) => change.mutate({ language: value as Language })}
      data={languages.map((value) => ({ value, label: <span lang={value}>{languageNames[value]}</span> }))}
    />
  );
}

export function SchemeSwitch() {
  const { t } = useTranslation("app");
  const { colorScheme } = useMantineColorScheme();
  const change = useChangePreferences();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t("settings.scheme")}
      value={colorScheme}
      onChange={(value) =>
        change.mutate({ theme: value === "auto" ? "system" : (value as "light" | "dark") })
      }
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

/** The other businesses of the person. Going there loads the page anew: nothing of this one may stay in it. */
function OtherTenants() {
  const { t } = useTranslation("app");
  const session = useSession();
  const { data } = useQuery({ queryKey: ["me", "tenants"], queryFn: ({ signal }) => getMe({ signal }) });
  const go = useMutation({
    mutationFn: switchTenant,
    onSuccess: () => window.location.assign("/"),
  });
  const here = session.status === "signedIn" ? session.tenant.id : "";
  const others = data?.tenants.filter((tenant) => tenant.id !== here) ?? [];
  if (others.length === 0) return null;
  return (
    <>
      <Menu.Label>{t("settings.switch")}</Menu.Label>
      {go.error && <ProblemNote problem={go.error} />}
      {others.map((tenant) => (
        <Menu.Item
          key={tenant.id}
          closeMenuOnClick={false}
          disabled={go.isPending}
          leftSection={<IconBuildingStore size={16} />}
          onClick={() => go.mutate(tenant.id)}
        >
          {tenant.name}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
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
        <OtherTenants />
        <Menu.Item component={To} to="/settings" leftSection={<IconSettings size={16} />}>
          {t("settings.title")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t("settings.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
