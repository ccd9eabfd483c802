import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { NoticeOut } from "@/api/types.gen";
import { noticesQuery, useReadNotices } from "@/features/notices/api/notices";
import { noticeWords } from "@/features/notices/words";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Age } from "@/shared/states/Age";
import { EmptyState } from "@/shared/ui/EmptyState";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Notices.module.css";

function Notice({ notice, onOpen }: { notice: NoticeOut; onOpen: () => void }) {
  const { t } = useTranslation("notices");
  const isUnread = notice.read_at === null;
  const content = (
    <>
      <span className={css.mark} data-off={isUnread ? undefined : true} />
      <span className="grow">
        {isUnread && <span className="vh">{t("unread")}: </span>}
        {noticeWords(notice)}
        <span className="dim caption" style={{ display: "block", fontWeight: 400 }}>
          <Age since={notice.at} />
        </span>
      </span>
    </>
  );
  if (!notice.link) {
    return (
      <div className={css.plain} data-unread={isUnread || undefined}>
        {content}
      </div>
    );
  }
  return (
    <To to={notice.link} data-unread={isUnread || undefined} onClick={onOpen}>
      {content}
    </To>
  );
}

/** Newest first; following one reads it. */
export function NoticeList({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation("notices");
  const notices = useInfiniteQuery(noticesQuery);
  const read = useReadNotices();
  if (notices.isPending) return <LedgerSkeleton rows={5} />;
  if (notices.isError) return <ProblemNote problem={notices.error} onRetry={() => void notices.refetch()} />;
  const items = notices.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyState look="struck" title={t("empty.title")}>
        {t("empty.text")}
      </EmptyState>
    );
  }
  return (
    <>
      {read.error && <ProblemNote problem={read.error} />}
      <div className="row wrap" style={{ marginBottom: 12 }}>
        <Button
          size="xs"
          variant="default"
          disabled={(notices.data.pages[0]?.unread ?? 0) === 0}
          loading={read.isPending}
          onClick={() => read.mutate({ all: true })}
        >
          {t("readAll")}
        </Button>
        <To className="link small end" to="/settings/notifications" onClick={onLeave}>
          {t("choose")}
        </To>
      </div>
      <ul className={css.list}>
        {items.map((notice) => (
          <li key={notice.id}>
            <Notice
              notice={notice}
              onOpen={() => {
                if (notice.read_at === null) read.mutate({ ids: [notice.id] });
                onLeave();
              }}
            />
          </li>
        ))}
      </ul>
      {notices.hasNextPage && (
        <Button
          variant="default"
          mt={12}
          loading={notices.isFetchingNextPage}
          onClick={() => void notices.fetchNextPage()}
        >
          {t("action.more", { ns: "shared" })}
        </Button>
      )}
    </>
  );
}
