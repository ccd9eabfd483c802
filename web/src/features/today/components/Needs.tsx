import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArrowsDiff,
  IconCloudOff,
  IconHandStop,
  IconHelpCircle,
  IconHourglassLow,
  IconKey,
  IconLock,
  IconPackage,
  IconPackageOff,
  type Icon,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { figuresQuery } from "@/features/today/api/today";
import type { Need } from "@/features/today/needs";
import { useNeeds } from "@/features/today/useNeeds";
import { useNow } from "@/shared/format/clock";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Age } from "@/shared/states/Age";
import { tone } from "@/shared/states/tone";
import type { Tone } from "@/shared/theme/tokens";
import { EmptyState } from "@/shared/ui/EmptyState";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Today.module.css";

const looks: Record<Need["kind"], { tone: Tone; icon: Icon }> = {
  refused: { tone: "refused", icon: IconLock },
  cancel: { tone: "attention", icon: IconPackageOff },
  ship: { tone: "attention", icon: IconPackage },
  choice: { tone: "flight", icon: IconKey },
  rejected: { tone: "no", icon: IconHandStop },
  doubt: { tone: "outage", icon: IconHelpCircle },
  differs: { tone: "attention", icon: IconArrowsDiff },
  expiring: { tone: "attention", icon: IconHourglassLow },
  failed: { tone: "no", icon: IconAlertTriangle },
  unreachable: { tone: "outage", icon: IconCloudOff },
};

function Line({ need, primary }: { need: Need; primary: boolean }) {
  const { t } = useTranslation("today");
  const format = useFormat();
  const look = looks[need.kind];
  const until = need.connection?.consent_until;
  const words = {
    count: need.count,
    number: format.number(need.count),
    connection: need.connection?.label ?? "",
    date: until ? format.moment(new Date(until)) : "",
  };
  return (
    <li style={tone(look.tone)}>
      <span className={css.sign}>
        <look.icon size={18} stroke={1.8} aria-hidden />
      </span>
      <div className="grow">
        <h3>{t(`need.${need.kind}.title`, words)}</h3>
        <p>
          {t(`need.${need.kind}.text`, words)}
          {need.listings
            ? ` ${t("affects", { count: need.listings, number: format.number(need.listings) })}`
            : ""}
        </p>
      </div>
      <span className={css.age}>{need.since && <Age since={need.since} />}</span>
      <Button
        component={To}
        to={need.to}
        search={need.search}
        size="xs"
        variant={primary ? "filled" : "default"}
        className={css.act}
      >
        {t(`need.${need.kind}.act`)}
      </Button>
    </li>
  );
}

/** What waits for a person, dearest first; or the bookkeeper's stroke. */
export function Needs() {
  const { t } = useTranslation("today");
  const format = useFormat();
  const now = useNow();
  const { data: figures } = useQuery(figuresQuery);
  const { needs, error, anyListing, anyChannel } = useNeeds(figures?.to_ship_since);
  return (
    <section className={`sheet ${css.needs}`} aria-labelledby="needs">
      <header>
        <h2 id="needs">{t("needs")}</h2>
        {needs && needs.length > 0 && <span className="dim small">{format.number(needs.length)}</span>}
        {needs && needs.length > 1 && <span className="dim caption end desktop">{t("needsOrder")}</span>}
      </header>
      {error && <ProblemNote problem={error.error} onRetry={() => void error.refetch()} />}
      {!needs && !error && <LedgerSkeleton rows={4} />}
      {needs?.length === 0 && (
        <Done at={format.time(new Date(now))} first={!anyListing} noChannel={!anyChannel} />
      )}
      <ul>
        {needs?.map((need, at) => (
          <Line key={need.kind + (need.connection?.id ?? "")} need={need} primary={at === 0} />
        ))}
      </ul>
    </section>
  );
}

function Done({ at, first, noChannel }: { at: string; first: boolean; noChannel: boolean }) {
  const { t } = useTranslation("today");
  if (first || noChannel) {
    const next = first
      ? { to: "/imports", words: t("start.import") }
      : { to: "/channels", words: t("start.connect") };
    return (
      <EmptyState
        title={t(first ? "start.titleImport" : "start.titleConnect")}
        action={
          <Button component={To} to={next.to} search={first ? undefined : { connect: "ebay" }}>
            {next.words}
          </Button>
        }
      >
        {t(first ? "start.textImport" : "start.textConnect")}
      </EmptyState>
    );
  }
  return (
    <EmptyState look="struck" title={t("done.title")}>
      {t("done.text", { time: at })}
    </EmptyState>
  );
}
