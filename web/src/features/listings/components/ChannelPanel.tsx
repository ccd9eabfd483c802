import { Button } from "@mantine/core";
import { IconArrowBackUp, IconExternalLink, IconHandStop, IconRefresh, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ConnectionOut, ProductOut, PublicationOut } from "@/api/types.gen";
import { Differences } from "@/features/listings/components/Differences";
import { connectionsQuery, isUsable } from "@/shared/connections/connections";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { ProblemCard } from "@/shared/publications/ProblemCard";
import {
  publicationsOfQuery,
  usePublish,
  useResolveDoubt,
  useRetry,
  useWithdraw,
  wish,
} from "@/shared/publications/publications";
import { Age } from "@/shared/states/Age";
import { Chip } from "@/shared/states/Chip";
import { Mark } from "@/shared/states/Mark";
import { useWithAge } from "@/shared/states/proven";
import { tone } from "@/shared/states/tone";
import { To } from "@/shared/ui/To";
import { confirm } from "@/shared/ui/toast";
import css from "./Product.module.css";

const off = ["withdrawn", "ended"];
const retryable = ["rejected", "unreachable", "login_needed"];

interface RowProps {
  product: ProductOut;
  connection: ConnectionOut;
  publication: PublicationOut | undefined;
}

function Doubt({ id }: { id: string }) {
  const { t } = useTranslation("listings");
  const resolve = useResolveDoubt();
  return (
    <div className="col" style={{ gap: 6, marginTop: 8 }}>
      <p className="small ink2">{t("panel.doubt")}</p>
      <span className="row">
        <Button size="xs" variant="default" onClick={() => resolve.mutate({ id, happened: true })}>
          {t("panel.happened")}
        </Button>
        <Button size="xs" variant="default" onClick={() => resolve.mutate({ id, happened: false })}>
          {t("panel.notHappened")}
        </Button>
      </span>
    </div>
  );
}

function Row({ product, connection, publication }: RowProps) {
  const { t } = useTranslation("listings");
  const aged = useWithAge();
  const publish = usePublish();
  const withdraw = useWithdraw();
  const retry = useRetry();
  const listed = publication && !(publication.wanted === "withdrawn" && publication.state === "withdrawn");
  const state = publication && aged(publication.state, publication.proved_at, publication.fresh_for_seconds);
  const blocked = publish.data?.blocked[0]?.problems ?? [];
  const send = () =>
    publish.mutate(wish([product.id], [connection.id]), {
      onSuccess: ({ wanted }) => wanted > 0 && confirm(t("panel.sending", { connection: connection.label })),
    });
  const failed = publish.error ?? withdraw.error ?? retry.error;
  return (
    <li>
      <div className="row" style={{ gap: 10 }}>
        <Mark channel={connection.channel} size={32} />
        <div className="grow col">
          <span className="medium small clip">{connection.label}</span>
          <Age
            since={publication?.proved_at}
            freshForSeconds={publication?.fresh_for_seconds}
            none={publication ? t("panel.noProof") : t("panel.notListed")}
          />
        </div>
        {state && <Chip state={state} />}
      </div>
      {failed && <ProblemNote problem={failed} />}
      {publication?.state === "in_doubt" && <Doubt id={publication.id} />}
      <div className="row wrap" style={{ marginTop: 8 }}>
        {(!listed || (publication && off.includes(publication.state))) && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconSend size={14} />}
            disabled={!isUsable(connection)}
            loading={publish.isPending}
            onClick={send}
          >
            {t("bulk.publish")}
          </Button>
        )}
        {publication && retryable.includes(publication.state) && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={retry.isPending}
            onClick={() => retry.mutate(publication.id)}
          >
            {t("panel.retry")}
          </Button>
        )}
        {publication && publication.wanted === "live" && !off.includes(publication.state) && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowBackUp size={14} />}
            loading={withdraw.isPending}
            onClick={() =>
              withdraw.mutate(wish([product.id], [connection.id]), {
                onSuccess: () => confirm(t("panel.withdrawing"), send),
              })
            }
          >
            {t("bulk.withdraw")}
          </Button>
        )}
        {publication?.address && (
          <Button
            component="a"
            href={publication.address}
            target="_blank"
            rel="noreferrer"
            size="xs"
            variant="subtle"
            rightSection={<IconExternalLink size={14} />}
          >
            {t("panel.look")}
          </Button>
        )}
        {!isUsable(connection) && (
          <To className="link small" to="/channels" search={{ connection: connection.id }}>
            {t("panel.mendConnection")}
          </To>
        )}
      </div>
      {blocked.length > 0 && (
        <ul className={css.inside} style={{ listStyle: "none", padding: 0 }}>
          {blocked.map((problem) => (
            <ProblemCard
              key={problem.code + problem.field}
              problem={problem}
              listingId={product.id}
              connectionId={connection.id}
              brand={product.brand_name}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

function Refusal({
  product,
  publication,
  label,
}: {
  product: ProductOut;
  publication: PublicationOut;
  label: string;
}) {
  const { t } = useTranslation("listings");
  return (
    <section className="sheet" style={tone("no")}>
      <header className={css.no}>
        <IconHandStop size={17} aria-hidden />
        <h2>{t("panel.refuses", { connection: label })}</h2>
      </header>
      <ul className={css.inside} style={{ listStyle: "none" }}>
        {publication.problems.map((problem) => (
          <ProblemCard
            key={problem.code + problem.field + JSON.stringify(problem.params)}
            problem={problem}
            listingId={product.id}
            connectionId={publication.connection_id}
            brand={product.brand_name}
          />
        ))}
      </ul>
    </section>
  );
}

/** Where the product is, what keeps it from there, and what is shown otherwise. */
export function ChannelPanel({ product }: { product: ProductOut }) {
  const { t } = useTranslation("listings");
  const { data: connections } = useQuery(connectionsQuery);
  const { data: publications, error, refetch } = useQuery(publicationsOfQuery(product.id));
  const shown = (connections ?? []).filter(
    (one) => one.state !== "disconnected" || publications?.some((p) => p.connection_id === one.id),
  );
  const labelOf = (id: string) => connections?.find((one) => one.id === id)?.label ?? "";
  return (
    <aside className={css.panel} aria-label={t("panel.title")}>
      <section className="sheet">
        <header>
          <h2>{t("panel.title")}</h2>
          <span className="end caption dim">{t("panel.shared")}</span>
        </header>
        {error && !publications && <ProblemNote problem={error} onRetry={() => void refetch()} />}
        {connections && shown.length === 0 && (
          <p className={css.note}>
            {t("panel.none")}{" "}
            <To className="link" to="/channels" search={{ connect: "ebay" }}>
              {t("panel.connect")}
            </To>
          </p>
        )}
        <ul className={css.where} aria-live="polite">
          {shown.map((connection) => (
            <Row
              key={connection.id}
              product={product}
              connection={connection}
              publication={publications?.find((one) => one.connection_id === connection.id)}
            />
          ))}
        </ul>
      </section>
      {publications
        ?.filter((one) => one.problems.length > 0 && one.wanted === "live")
        .map((one) => (
          <Refusal key={one.id} product={product} publication={one} label={labelOf(one.connection_id)} />
        ))}
      {publications
        ?.filter((one) => one.differences.length > 0)
        .map((one) => (
          <Differences key={one.id} publication={one} label={labelOf(one.connection_id)} />
        ))}
    </aside>
  );
}
