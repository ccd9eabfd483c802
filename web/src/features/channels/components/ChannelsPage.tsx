import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ConnectionOut } from "@/api/types.gen";
import { CallLog } from "@/features/channels/components/CallLog";
import { ConnectDrawer } from "@/features/channels/components/ConnectDrawer";
import { ConnectionCards, ConnectionTable } from "@/features/channels/components/ConnectionTable";
import { ConnectionDrawer } from "@/features/channels/components/ConnectionDrawer";
import { MoreWays } from "@/features/channels/components/MoreWays";
import { provedAt } from "@/features/channels/components/useConnectionWords";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { useCommands } from "@/shared/commands/commands";
import { connectionsQuery } from "@/shared/connections/connections";
import { useFormat } from "@/shared/format/format";
import { Body } from "@/shared/layout/Body";
import { Problem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useStateWord } from "@/shared/states/Chip";
import { useWithAge } from "@/shared/states/proven";
import { EmptyState } from "@/shared/ui/EmptyState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Channels.module.css";
import { groupBy } from "@/shared/lists/groupBy";

/** What asks for a hand comes first. */
const urgency = [
  "refused",
  "authorised",
  "expiring",
  "unreachable",
  "stale",
  "paused",
  "callable",
  "disconnected",
];

function useSummary(connections: ConnectionOut[]): string {
  const { t } = useTranslation("channels");
  const word = useStateWord();
  const format = useFormat();
  const aged = useWithAge();
  const counts = groupBy(connections, (one) => aged(one.state, provedAt(one), one.fresh_for_seconds));
  const parts = urgency
    .toReversed()
    .filter((state) => counts.has(state))
    .map((state) => `${format.number(counts.get(state)?.length ?? 0)} ${word(state)}`);
  return [t("count", { count: connections.length }), parts.join(", ")].filter(Boolean).join(" · ");
}

/** Every connected account with what is proven about it, and how old that is. */
export function ChannelsPage() {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const may = useRights().admin;
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  // The channel's consent page leads back here with one of the two.
  const { connect, connected, problem, calls } = search;
  const openId = search.connection ?? connected;
  const { data, error, refetch } = useQuery(connectionsQuery);
  const connections = (data ?? []).toSorted((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state));
  const summary = useSummary(connections);
  const goTo = (search: Record<string, string | undefined>) => void navigate({ to: "/channels", search });
  const startConnecting = () => goTo({ connect: "ebay" });
  useCommands(
    may
      ? [
          {
            id: "channels.connect",
            group: "page",
            label: t("connect.button"),
            icon: IconPlus,
            keys: "N",
            run: startConnecting,
          },
        ]
      : [],
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        facts={data && summary}
        actions={
          <>
            {connections[0] && (
              <Button variant="default" onClick={() => goTo({ calls: connections[0]?.id })}>
                {t("calls.title")}
              </Button>
            )}
            {may && (
              <Button leftSection={<IconPlus size={16} />} onClick={startConnecting}>
                {t("connect.button")}
              </Button>
            )}
          </>
        }
      />
      <Body>
        {problem && (
          <div className={css.returned}>
            <ProblemNote problem={new Problem(problem, 409, "")} />
          </div>
        )}
        {error && !data && <ProblemNote problem={error} onRetry={() => void refetch()} />}
        {!error && !data && (
          <div className="sheet">
            <LedgerSkeleton rows={4} label={t("loading")} />
          </div>
        )}
        {data && connections.length === 0 && (
          <>
            <div className="sheet">
              <EmptyState
                title={t("empty.title")}
                action={may && <Button onClick={startConnecting}>{t("connect.button")}</Button>}
              >
                {t("empty.text")}
              </EmptyState>
            </div>
            <MoreWays connections={connections} onConnect={(id) => goTo({ connect: id })} />
          </>
        )}
        <MayNot right="admin" />
        {connections.length > 0 && (
          <>
            <ConnectionTable connections={connections} onOpen={(id) => goTo({ connection: id })} />
            <ConnectionCards connections={connections} onOpen={(id) => goTo({ connection: id })} />
            <MoreWays connections={connections} onConnect={(id) => goTo({ connect: id })} />
            <section className={css.key} aria-label={t("key.label")}>
              <p>
                <b>{t("key.proven")}</b> {t("key.text")}
              </p>
            </section>
          </>
        )}
      </Body>
      <CallLog
        connections={connections}
        connectionId={calls}
        onChoose={(id) => goTo({ calls: id })}
        onClose={() => goTo({})}
      />
      <ConnectDrawer channel={connect} onClose={() => goTo({})} />
      <ConnectionDrawer connection={connections.find((one) => one.id === openId)} onClose={() => goTo({})} />
    </>
  );
}
