import { Button, Drawer, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { CallOut, ConnectionOut } from "@/api/types.gen";
import { callsQuery } from "@/features/channels/api/connections";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { tone } from "@/shared/states/tone";
import { EmptyState } from "@/shared/ui/EmptyState";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Channels.module.css";

interface Props {
  connections: ConnectionOut[];
  /** Whose calls; the drawer is open while there is one. */
  connectionId: string | undefined;
  onChoose: (id: string) => void;
  onClose: () => void;
}

/** An answer of the two hundreds is plain; a no is plum, an outage slate, a refused sign-in vermilion. */
function toneOf({ status }: CallOut) {
  if (status === null || status >= 500) return tone("outage");
  if (status === 401 || status === 403) return tone("refused");
  return status >= 400 ? tone("no") : undefined;
}

function Call({ call }: { call: CallOut }) {
  const { t } = useTranslation("channels");
  const format = useFormat();
  const at = new Date(call.at);
  const look = toneOf(call);
  const parts = [
    [t("calls.request"), call.request_excerpt],
    [t("calls.answer"), call.answer_excerpt],
  ].filter(([, text]) => text);
  return (
    <li>
      <details className={css.call}>
        <summary>
          <time className="dim caption" dateTime={call.at} title={format.date(at)}>
            {format.seconds(at)}
          </time>
          <span className="small clip grow" title={`${call.host}${call.path}`}>
            <b>{call.method}</b> {call.path}
          </span>
          <span className={`small nowrap ${look ? css.toned : ""}`} style={look}>
            {call.status ?? t("calls.noAnswer")}
          </span>
          <span className="dim caption nowrap">
            {t("calls.milliseconds", { number: format.number(call.milliseconds) })}
          </span>
        </summary>
        <dl className="facts">
          <dt>{t("calls.at")}</dt>
          <dd>
            {format.longDate(at)}, {format.seconds(at)}
          </dd>
          <dt>{t("calls.host")}</dt>
          <dd>{call.host}</dd>
          {call.error_code && (
            <>
              <dt>{t("calls.error")}</dt>
              <dd>{call.error_code}</dd>
            </>
          )}
          {call.channel_request_id && (
            <>
              <dt>{t("calls.requestId")}</dt>
              <dd>{call.channel_request_id}</dd>
            </>
          )}
        </dl>
        {parts.map(([name, text]) => (
          <section key={name} aria-label={name}>
            <h3 className="caption dim">{name}</h3>
            <pre className={css.excerpt} tabIndex={0}>
              {text}
            </pre>
          </section>
        ))}
      </details>
    </li>
  );
}

function Calls({ id }: { id: string }) {
  const { t } = useTranslation("channels");
  const query = useInfiniteQuery(callsQuery(id));
  if (query.isPending) return <LedgerSkeleton rows={6} />;
  if (query.isError) return <ProblemNote problem={query.error} onRetry={() => void query.refetch()} />;
  const calls = query.data.pages.flatMap((page) => page.items);
  if (calls.length === 0)
    return <EmptyState title={t("calls.none.title")}>{t("calls.none.text")}</EmptyState>;
  return (
    <>
      <ol className={css.calls}>
        {calls.map((call) => (
          <Call key={call.id} call={call} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          fullWidth
          mt={12}
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("action.more", { ns: "shared" })}
        </Button>
      )}
    </>
  );
}

/** Every call that was made for an account, with what was sent and answered, without anything secret or personal. */
export function CallLog({ connections, connectionId, onChoose, onClose }: Props) {
  const { t } = useTranslation("channels");
  return (
    <Drawer
      opened={connectionId !== undefined}
      onClose={onClose}
      title={<span className={css.drawerTitle}>{t("calls.title")}</span>}
      closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
    >
      <p className="small ink2">{t("calls.text")}</p>
      {connections.length > 1 && (
        <Select
          mt={12}
          label={t("column.account")}
          allowDeselect={false}
          value={connectionId ?? null}
          data={connections.map((one) => ({ value: one.id, label: `${one.label} · ${one.account_name}` }))}
          onChange={(id) => id && onChoose(id)}
        />
      )}
      {connectionId && <Calls key={connectionId} id={connectionId} />}
    </Drawer>
  );
}
