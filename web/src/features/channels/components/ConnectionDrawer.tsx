import { Button, Drawer } from "@mantine/core";
import {
  IconCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnectedX,
  IconRefresh,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConnectionOut } from "@/api/types.gen";
import {
  useAuthorize,
  useCheck,
  useDisconnect,
  useEditConnection,
} from "@/features/channels/api/connections";
import { Steps } from "@/features/channels/components/ConnectDrawer";
import { Missing } from "@/features/channels/components/Missing";
import { PriceRuleForm } from "@/features/channels/components/PriceRuleForm";
import { provedAt, useConnectionWords } from "@/features/channels/components/useConnectionWords";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { asProblem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Age } from "@/shared/states/Age";
import { Chip } from "@/shared/states/Chip";
import { Mark } from "@/shared/states/Mark";
import css from "./Channels.module.css";

interface Props {
  connection: ConnectionOut | undefined;
  onClose: () => void;
}

const usable = ["callable", "expiring", "unreachable", "paused"];

function stepOf(connection: ConnectionOut): number {
  if (connection.state === "refused" || connection.state === "disconnected") return 0;
  if (connection.missing.length > 0) return 2;
  return usable.includes(connection.state) ? 4 : 3;
}

function Rights() {
  const { t } = useTranslation("channels");
  return (
    <div className={css.rights}>
      <h4>{t("rights.title")}</h4>
      <ul>
        {(["listings", "orders", "account"] as const).map((right) => (
          <li key={right}>
            <IconCheck size={15} aria-hidden />
            {t(`rights.${right}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One account: what is missing, what it may do, its price rule, and the ways to rest it or take it off. */
export function ConnectionDrawer({ connection, onClose }: Props) {
  const { t } = useTranslation("channels");
  return (
    <Drawer
      opened={connection !== undefined}
      onClose={onClose}
      title={
        connection && (
          <span className={`row ${css.drawerTitle}`}>
            <Mark channel={connection.channel} size={30} />
            {connection.missing.length > 0
              ? t("connect.one", { channel: connection.channel_name })
              : connection.label}
          </span>
        )
      }
      closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
    >
      {connection && <Inside connection={connection} onClose={onClose} />}
    </Drawer>
  );
}

function Inside({ connection, onClose }: { connection: ConnectionOut; onClose: () => void }) {
  const { t } = useTranslation("channels");
  const words = useConnectionWords(connection);
  const authorize = useAuthorize();
  const check = useCheck(connection.id);
  const edit = useEditConnection(connection);
  const may = useRights().admin;
  const mayCheck = useRights().write;
  const refused = connection.state === "refused" || connection.state === "disconnected";
  const failed = [authorize.error, check.error, edit.error].find(Boolean);
  const signInAgain = () =>
    authorize.mutate({
      channel: connection.channel,
      marketplace: connection.marketplace.id,
      connection_id: connection.id,
      return_to: `/channels?connection=${connection.id}`,
    });
  return (
    <>
      <Steps active={stepOf(connection)} />
      <div className={`row wrap ${css.status}`}>
        <Chip state={words.state}>{words.chip}</Chip>
        <span className="small ink2">{words.proof}</span>
        <Age since={provedAt(connection)} freshForSeconds={connection.fresh_for_seconds} />
      </div>
      {failed && <ProblemNote problem={asProblem(failed)} />}
      <div className={`row wrap ${css.drawerActions}`}>
        {may && (refused || connection.state === "expiring") && (
          <Button size="xs" loading={authorize.isPending || authorize.isSuccess} onClick={signInAgain}>
            {t("act.signIn")}
          </Button>
        )}
        {mayCheck && !refused && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            {t("act.check")}
          </Button>
        )}
        {may && usable.includes(connection.state) && (
          <Button
            size="xs"
            variant="default"
            leftSection={
              connection.state === "paused" ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />
            }
            loading={edit.isPending}
            onClick={() => edit.mutate({ paused: connection.state !== "paused" })}
          >
            {t(connection.state === "paused" ? "act.resume" : "act.pause")}
          </Button>
        )}
      </div>
      <MayNot right="admin" />
      <fieldset className={css.plain} disabled={!may}>
        {connection.missing.length > 0 && <Missing connection={connection} onBack={onClose} />}
        <PriceRuleForm key={JSON.stringify(connection.price_rule)} connection={connection} />
      </fieldset>
      <Rights />
      {may && connection.state !== "disconnected" && <Disconnect connection={connection} />}
    </>
  );
}

/** Taking a connection off asks twice in place: the secrets are gone afterwards. */
function Disconnect({ connection }: { connection: ConnectionOut }) {
  const { t } = useTranslation("channels");
  const disconnect = useDisconnect(connection.id);
  const [asked, setAsked] = useState(false);
  return (
    <div className={css.rights}>
      {disconnect.isError && <ProblemNote problem={disconnect.error} />}
      {asked ? (
        <>
          <p className="small ink2">{t("disconnect.text", { name: connection.label })}</p>
          <div className={`row ${css.drawerActions}`}>
            <Button
              size="xs"
              color="vermilion"
              loading={disconnect.isPending}
              onClick={() => disconnect.mutate()}
            >
              {t("disconnect.confirm")}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsked(false)}>
              {t("action.cancel", { ns: "shared" })}
            </Button>
          </div>
        </>
      ) : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlugConnectedX size={14} />}
          onClick={() => setAsked(true)}
        >
          {t("disconnect.button")}
        </Button>
      )}
    </div>
  );
}
