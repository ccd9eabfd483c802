import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeliveryOut } from "@/api/types.gen";
import { deliveriesQuery, deliveryQuery, useReplay } from "@/features/settings/api/doors";
import { Loaded } from "@/features/settings/components/Loaded";
import { More } from "@/features/settings/components/More";
import { useFormat } from "@/shared/format/format";
import { useProblemWords } from "@/shared/problems/words";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Age } from "@/shared/states/Age";
import css from "./Settings.module.css";

/** While something is on its way, the log looks again by itself. */
const lookAgainMilliseconds = 3000;

function Tries({ id }: { id: string }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const words = useProblemWords();
  const whyNot = (code: string) =>
    code ? `${words({ code, message: code, params: {}, severity: "error" }).title} (${code})` : undefined;
  return (
    <Loaded query={useQuery(deliveryQuery(id))} rows={1}>
      {(delivery) => (
        <div className={css.page} style={{ gap: 8 }}>
          <ul className="small" style={{ margin: 0, paddingLeft: 18 }}>
            {delivery.tries.map((attempt) => (
              <li key={attempt.number}>
                {format.seconds(new Date(attempt.at))} ·{" "}
                {attempt.status
                  ? `HTTP ${attempt.status}`
                  : (whyNot(attempt.problem) ?? t("webhooks.noAnswer"))}
                {attempt.duration_ms !== null && ` · ${format.number(attempt.duration_ms)} ms`}
                {attempt.answer && <span className="dim"> · {attempt.answer}</span>}
              </li>
            ))}
          </ul>
          <pre className={css.once} style={{ margin: 0, whiteSpace: "pre-wrap" }} tabIndex={0}>
            {delivery.body}
          </pre>
        </div>
      )}
    </Loaded>
  );
}

function Row({ delivery, busy, onReplay }: { delivery: DeliveryOut; busy: boolean; onReplay: () => void }) {
  const { t } = useTranslation("settings");
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <span className="grow">
        <span className="medium">{delivery.type}</span>{" "}
        <span className="small ink2">
          {t(`webhooks.state.${delivery.state}`)} · {t("webhooks.attempts", { count: delivery.attempts })} ·{" "}
          <Age since={delivery.created_at} />
        </span>
        <span className="dim caption" style={{ display: "block" }}>
          {delivery.message_id}
        </span>
      </span>
      <Button size="xs" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t("webhooks.detail")}
      </Button>
      {delivery.state !== "waiting" && (
        <Button size="xs" variant="default" loading={busy} onClick={onReplay}>
          {t("webhooks.replay")}
        </Button>
      )}
      {isOpen && (
        <div style={{ flexBasis: "100%", minWidth: 0 }}>
          <Tries id={delivery.id} />
        </div>
      )}
    </li>
  );
}

/** What was told to one address, newest first, each to look into and to send again. */
export function Deliveries({ endpointId }: { endpointId: string }) {
  const { t } = useTranslation("settings");
  const deliveries = useInfiniteQuery({
    ...deliveriesQuery(endpointId),
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((row) => row.state === "waiting"))
        ? lookAgainMilliseconds
        : false,
  });
  const replay = useReplay();
  return (
    <>
      {replay.error && <ProblemNote problem={replay.error} />}
      <Loaded query={deliveries} rows={2}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <p className="small dim">{t("webhooks.logEmpty")}</p>;
          return (
            <ul className={css.rows} style={{ margin: "0 -16px" }}>
              {rows.map((row) => (
                <Row
                  key={row.id}
                  delivery={row}
                  busy={replay.isPending && replay.variables === row.id}
                  onReplay={() => replay.mutate(row.id)}
                />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <More query={deliveries} />
    </>
  );
}
