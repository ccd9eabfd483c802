import { ActionIcon, Button } from "@mantine/core";
import { IconArrowLeft, IconCheck, IconDownload, IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { unreadMailsQuery, useMailActions } from "@/features/enquiries/api/enquiries";
import { reasonKey } from "@/features/enquiries/reasons";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { useFormat } from "@/shared/format/format";
import { downloadFrom } from "@/shared/http/download";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { EmptyState } from "@/shared/ui/EmptyState";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { confirm } from "@/shared/ui/toast";
import css from "./Enquiries.module.css";

/** A mail that nobody could read: why, the mail itself, and what to do with it. */
export function MailPanel({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation("enquiries");
  const format = useFormat();
  const may = useRights().write;
  const query = useInfiniteQuery(unreadMailsQuery);
  const { settle, replay } = useMailActions();
  const save = useMutation({
    mutationFn: () => downloadFrom(`/api/v1/enquiries/mails/${id}/raw`, `${id}.eml`),
  });
  const mail = query.data?.pages.flatMap((page) => page.items).find((one) => one.id === id);
  const failed = settle.error ?? replay.error ?? save.error;
  if (!mail) {
    return (
      <section className={css.talk} aria-label={t("mail")}>
        {query.isPending ? (
          <LedgerSkeleton rows={4} />
        ) : (
          <EmptyState look="struck" title={t("mailGone.title")}>
            {t("mailGone.text")}
          </EmptyState>
        )}
      </section>
    );
  }
  const key = reasonKey(mail.reason);
  const sent = new Date(mail.sent_at ?? mail.received_at);
  return (
    <section className={css.talk} aria-label={t("mail")}>
      <header>
        <ActionIcon className="phone" variant="subtle" size={40} aria-label={t("back")} onClick={onBack}>
          <IconArrowLeft size={20} />
        </ActionIcon>
        <div className="grow">
          <h2 className="clip">{mail.subject || t("noSubject")}</h2>
          <p className="dim caption clip">
            {mail.sender} · {format.date(sent)}, {format.time(sent)}
          </p>
        </div>
      </header>
      <div className={css.body}>
        <MayNot right="write" />
        {failed && <ProblemNote problem={failed} />}
        <section className="sheet" aria-labelledby="why">
          <header>
            <h2 id="why">{t("unread.title")}</h2>
          </header>
          <div className={css.inside}>
            <p lang={key ? undefined : "en"}>{key ? t(`reason.${key}`) : mail.reason}</p>
            <p className="small ink2">{t("unread.text")}</p>
            <div className="row wrap">
              <Button
                variant="default"
                leftSection={<IconDownload size={16} />}
                loading={save.isPending}
                onClick={() => save.mutate()}
              >
                {t("download")}
              </Button>
              {may && (
                <>
                  <Button
                    variant="default"
                    leftSection={<IconRefresh size={16} />}
                    loading={replay.isPending}
                    onClick={() => replay.mutate(id, { onSuccess: () => confirm(t("replaying")) })}
                  >
                    {t("replay")}
                  </Button>
                  <Button
                    leftSection={<IconCheck size={16} />}
                    loading={settle.isPending}
                    onClick={() => settle.mutate(id, { onSuccess: () => confirm(t("mailSettled")) })}
                  >
                    {t("settle")}
                  </Button>
                </>
              )}
            </div>
          </div>
        </section>
      </div>
    </section>
  );
}
