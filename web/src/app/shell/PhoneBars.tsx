import { spotlight } from "@mantine/spotlight";
import { To } from "@/shared/ui/To";
import { IconDots, IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LiveMark } from "@/app/shell/LiveMark";
import { phoneRooms } from "@/app/shell/rooms";
import { useRoomCounts } from "@/app/shell/useRoomCounts";
import { Bell } from "@/features/notices/components/Bell";
import { useSession } from "@/shared/auth/session";
import { Logo } from "@/shared/ui/Logo";
import css from "./Shell.module.css";

export function PhoneTop() {
  const { t } = useTranslation("app");
  const session = useSession();
  return (
    <div className={css.top} role="region" aria-label={t("header")}>
      <Logo size={22} />
      <b className="grow clip">{session.status === "signedIn" ? session.tenant.name : ""}</b>
      <span className="caption">
        <LiveMark short />
      </span>
      <Bell />
      <button aria-label={t("search.label")} onClick={spotlight.open}>
        <IconSearch size={20} />
      </button>
    </div>
  );
}

export function PhoneBottom() {
  const { t } = useTranslation("app");
  const counts = useRoomCounts();
  return (
    <nav className={css.bottom} aria-label={t("mainMenu")}>
      {phoneRooms.map((room) => {
        const count = counts[room.id];
        return (
          <To key={room.id} to={room.to} activeProps={{ "aria-current": "page" }}>
            <room.icon size={21} stroke={1.7} aria-hidden />
            {t(`room.${room.id}`)}
            {count?.hot && <sup>{count.text}</sup>}
          </To>
        );
      })}
      <To to="/more" activeProps={{ "aria-current": "page" }}>
        <IconDots size={21} stroke={1.7} aria-hidden />
        {t("more.title")}
      </To>
    </nav>
  );
}
