import { spotlight } from "@mantine/spotlight";
import { To } from "@/shared/ui/To";
import { IconSearch, IconSettings } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LiveMark } from "@/app/shell/LiveMark";
import type { Room } from "@/app/shell/rooms";
import { TenantMenu } from "@/app/shell/TenantMenu";
import { useRoomCounts } from "@/app/shell/useRoomCounts";
import { useShownRooms } from "@/app/shell/useShownRooms";
import { Bell } from "@/features/notices/components/Bell";
import { useSession } from "@/shared/auth/session";
import { initials } from "@/shared/auth/initials";
import css from "./Shell.module.css";

function Rooms({ group }: { group: Room["group"] }) {
  const { t } = useTranslation("app");
  const counts = useRoomCounts();
  return useShownRooms()
    .filter((room) => room.group === group)
    .map((room) => {
      const count = counts[room.id];
      return (
        <To key={room.id} to={room.to} className={css.item} activeProps={{ "aria-current": "page" }}>
          <room.icon size={18} stroke={1.7} aria-hidden />
          {t(`room.${room.id}`)}
          {count && (
            <span className={css.count} data-hot={count.hot || undefined}>
              {count.text}
            </span>
          )}
        </To>
      );
    });
}

/** The ink spine: tenant, search, rooms in groups, and the live state at the foot. */
export function Spine() {
  const { t } = useTranslation("app");
  const session = useSession();
  const name = session.status === "signedIn" ? session.user.name || session.user.email : "";
  return (
    <aside className={css.spine} aria-label="Kontor">
      <TenantMenu />
      <div className={css.tools}>
        <button className={css.search} onClick={spotlight.open}>
          <IconSearch size={16} aria-hidden />
          <span className="clip">{t("search.button")}</span>
          <kbd aria-hidden>⌘K</kbd>
        </button>
        <Bell />
      </div>
      <nav className={css.nav} aria-label={t("mainMenu")}>
        <Rooms group="work" />
        <h2>{t("operations")}</h2>
        <Rooms group="operations" />
        <To to="/settings" className={css.item} activeProps={{ "aria-current": "page" }}>
          <IconSettings size={18} stroke={1.7} aria-hidden />
          {t("settings.title")}
        </To>
      </nav>
      <div className={css.foot}>
        <span className={css.avatar} aria-hidden>
          {initials(name)}
        </span>
        <span className="grow">
          <LiveMark />
          <span className="clip" style={{ display: "block" }}>
            {name}
          </span>
        </span>
      </div>
    </aside>
  );
}
