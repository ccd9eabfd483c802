import { Drawer, Indicator } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { noticesQuery } from "@/features/notices/api/notices";
import { NoticeList } from "@/features/notices/components/NoticeList";
import css from "./Notices.module.css";

const mostShown = 99;

/** What I was told, and how much of it I have not read. */
export function Bell() {
  const { t } = useTranslation("notices");
  const [opened, { open, close }] = useDisclosure();
  const unread = useInfiniteQuery(noticesQuery).data?.pages[0]?.unread ?? 0;
  return (
    <>
      <button
        className={css.bell}
        onClick={open}
        aria-label={unread > 0 ? t("bellUnread", { count: unread }) : t("bell")}
      >
        <Indicator
          disabled={unread === 0}
          label={unread > mostShown ? `${mostShown}+` : unread}
          color="var(--k-spine-ink)"
          size={16}
          offset={2}
          classNames={{ indicator: css.count }}
        >
          <IconBell size={20} stroke={1.7} aria-hidden />
        </Indicator>
      </button>
      <Drawer
        opened={opened}
        onClose={close}
        title={t("title")}
        size={440}
        closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
      >
        <NoticeList onLeave={close} />
      </Drawer>
    </>
  );
}
