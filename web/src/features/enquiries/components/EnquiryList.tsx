import { Button, SegmentedControl } from "@mantine/core";
import { IconMailQuestion, IconMessage } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EnquiryOut, MailOut } from "@/api/types.gen";
import {
  enquiriesQuery,
  tabs,
  unreadMailsQuery,
  type EnquiryTab,
  type Tab,
} from "@/features/enquiries/api/enquiries";
import { adOf, nameOf } from "@/features/enquiries/names";
import { useCommands } from "@/shared/commands/commands";
import { useNow } from "@/shared/format/clock";
import { useFormat } from "@/shared/format/format";
import { useLiveEvents, useLiveState } from "@/shared/live/live";
import type { LiveEvent } from "@/shared/live/liveClient";
import { useHeldList } from "@/shared/live/useHeldList";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { EmptyState } from "@/shared/ui/EmptyState";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Enquiries.module.css";

interface Props {
  tab: Tab;
  current?: string;
  onTab: (tab: Tab) => void;
  onOpen: (id: string) => void;
}

interface RowsProps {
  current?: string;
  held: boolean;
  onOpen: (id: string) => void;
  onTop: () => void;
}

function useArrivals(): ReadonlySet<string> {
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  useLiveEvents(
    useCallback(({ kind, entity_id: id }: LiveEvent) => {
      if (kind === "enquiry.received" && id) setArrived((before) => new Set(before).add(id));
    }, []),
  );
  return arrived;
}

/** Enquiries and unread mails side by side, arriving live, never jumping while somebody reads further down. */
export function EnquiryList({ tab, current, onTab, onOpen }: Props) {
  const { t } = useTranslation("enquiries");
  const format = useFormat();
  const live = useLiveState();
  const now = useNow();
  const [held, setHeld] = useState(false);
  const scroller = useRef<HTMLElement>(null);
  const open = useInfiniteQuery(enquiriesQuery("open")).data?.pages[0]?.total;
  const unknown = useInfiniteQuery(enquiriesQuery("unknown")).data?.pages[0]?.total;
  const mails = useInfiniteQuery(unreadMailsQuery).data?.pages[0]?.total;
  const counts: Partial<Record<Tab, number | null>> = { open, unknown, mails };
  const label = (of: Tab) => `${t(`tab.${of}`)}${counts[of] ? ` ${format.number(counts[of])}` : ""}`;
  const rows = { current, held, onOpen, onTop: () => scroller.current?.scrollTo({ top: 0 }) };
  return (
    <section
      ref={scroller}
      className={css.list}
      aria-label={t("list")}
      onScroll={(event) => setHeld(event.currentTarget.scrollTop > 40)}
    >
      <div className={css.listHead}>
        <p className={css.h1} aria-hidden>
          {t("title")}
        </p>
        {live.status === "live" && (
          <span className="row caption dim" style={{ gap: 6 }}>
            <span className="dot" />
            {t("live", { time: format.time(new Date(now)) })}
          </span>
        )}
      </div>
      <div className={css.filters}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t("filter")}
          value={tab}
          onChange={(value) => onTab(value as Tab)}
          data={tabs.map((value) => ({ value, label: label(value) }))}
        />
      </div>
      {tab === "mails" ? <Mails {...rows} /> : <Enquiries key={tab} tab={tab} {...rows} />}
    </section>
  );
}

function useSteps(ids: string[], current: string | undefined, onOpen: (id: string) => void): void {
  const { t } = useTranslation("enquiries");
  const step = (by: 1 | -1) => {
    const at = current === undefined ? -1 : ids.indexOf(current);
    const next = ids[at < 0 ? 0 : at + by];
    if (next) onOpen(next);
  };
  useCommands([
    {
      id: "enquiries.next",
      group: "page",
      label: t("step.next"),
      keys: "J",
      keysOnly: true,
      run: () => step(1),
    },
    {
      id: "enquiries.before",
      group: "page",
      label: t("before"),
      keys: "K",
      keysOnly: true,
      run: () => step(-1),
    },
  ]);
}

function Enquiries({ tab, current, held, onOpen, onTop }: RowsProps & { tab: EnquiryTab }) {
  const { t } = useTranslation("enquiries");
  const query = useInfiniteQuery(enquiriesQuery(tab));
  const arrived = useArrivals();
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { shown, fresh } = useHeldList(all, (enquiry) => enquiry.id, held);
  useSteps(
    shown.map((enquiry) => enquiry.id),
    current,
    onOpen,
  );
  return (
    <>
      <div aria-live="polite">
        {fresh > 0 && (
          <button className={css.fresh} onClick={onTop}>
            {t("fresh", { count: fresh })}
          </button>
        )}
      </div>
      <Around query={query} isEmpty={shown.length === 0} tab={tab}>
        {shown.map((enquiry) => (
          <EnquiryRow
            key={enquiry.id}
            enquiry={enquiry}
            tab={tab}
            isCurrent={enquiry.id === current}
            hasArrived={arrived.has(enquiry.id)}
          />
        ))}
      </Around>
    </>
  );
}

function Mails({ current, held, onOpen, onTop }: RowsProps) {
  const { t } = useTranslation("enquiries");
  const query = useInfiniteQuery(unreadMailsQuery);
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { shown, fresh } = useHeldList(all, (mail) => mail.id, held);
  useSteps(
    shown.map((mail) => mail.id),
    current,
    onOpen,
  );
  return (
    <>
      {fresh > 0 && (
        <button className={css.fresh} onClick={onTop}>
          {t("fresh", { count: fresh })}
        </button>
      )}
      <Around query={query} isEmpty={shown.length === 0} tab="mails">
        {shown.map((mail) => (
          <MailRow key={mail.id} mail={mail} isCurrent={mail.id === current} />
        ))}
      </Around>
    </>
  );
}

interface AroundProps {
  query: {
    isPending: boolean;
    isError: boolean;
    error: Error | null;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
  isEmpty: boolean;
  tab: Tab;
  children: React.ReactNode;
}

/** Rows, or what stands there instead: loading, a refusal, nothing. */
function Around({ query, isEmpty, tab, children }: AroundProps) {
  const { t } = useTranslation("enquiries");
  if (query.isPending) return <LedgerSkeleton />;
  if (query.isError && isEmpty)
    return (
      <div className={css.note}>
        <ProblemNote problem={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  if (isEmpty)
    return (
      <EmptyState look="struck" title={t(`empty.${tab}.title`)}>
        {t(`empty.${tab}.text`)}
      </EmptyState>
    );
  return (
    <>
      <ul>{children}</ul>
      {query.hasNextPage && (
        <div className={css.note}>
          <Button
            fullWidth
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t("action.more", { ns: "shared" })}
          </Button>
        </div>
      )}
    </>
  );
}

interface EnquiryRowProps {
  enquiry: EnquiryOut;
  tab: Tab;
  isCurrent: boolean;
  /** Arrived while the page was open. */
  hasArrived: boolean;
}

function EnquiryRow({ enquiry, tab, isCurrent, hasArrived }: EnquiryRowProps) {
  const { t } = useTranslation("enquiries");
  const format = useFormat();
  const { id, prospect, about, message, portal, received_at: at } = enquiry;
  return (
    <li aria-current={isCurrent || undefined} className={hasArrived ? "live-in" : undefined}>
      <To to={`/enquiries/${id}`} search={{ tab: tab === "open" ? undefined : tab }}>
        <IconMessage size={18} stroke={1.7} aria-hidden />
        <div className="grow">
          <div className="row">
            <span className="medium clip grow">{nameOf(prospect) || t("noName")}</span>
            <time className="caption dim nowrap" dateTime={at}>
              {format.moment(new Date(at))}
            </time>
          </div>
          <div className="small clip">{adOf(about) || t("noAd")}</div>
          <div className="caption dim clip">{[portal, message].filter(Boolean).join(" · ")}</div>
        </div>
      </To>
    </li>
  );
}

function MailRow({ mail, isCurrent }: { mail: MailOut; isCurrent: boolean }) {
  const { t } = useTranslation("enquiries");
  const format = useFormat();
  return (
    <li aria-current={isCurrent || undefined}>
      <To to={`/enquiries/${mail.id}`} search={{ tab: "mails" }}>
        <IconMailQuestion size={18} stroke={1.7} aria-hidden />
        <div className="grow">
          <div className="row">
            <span className="medium clip grow">{mail.sender || t("noName")}</span>
            <time className="caption dim nowrap" dateTime={mail.received_at}>
              {format.moment(new Date(mail.received_at))}
            </time>
          </div>
          <div className="small clip">{mail.subject || t("noSubject")}</div>
        </div>
      </To>
    </li>
  );
}
