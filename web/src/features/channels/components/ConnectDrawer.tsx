import { Button, Drawer, Radio, Select, Stepper } from "@mantine/core";
import { IconArrowRight, IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { channelsQuery, useAuthorize } from "@/features/channels/api/connections";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Mark } from "@/shared/states/Mark";
import { marketplaceOf } from "@/shared/states/channels";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Channels.module.css";

interface Props {
  /** Which channel to begin with; the drawer is open while there is one. */
  channel?: string;
  onClose: () => void;
}

export function Steps({ active }: { active: number }) {
  const { t } = useTranslation("channels");
  return (
    <Stepper
      role="group"
      active={active}
      size="xs"
      iconSize={26}
      mb={20}
      aria-label={t("steps.label")}
      allowNextStepsSelect={false}
    >
      {(["signIn", "rights", "choice", "trial"] as const).map((step) => (
        <Stepper.Step key={step} label={t(`steps.${step}`)} component="div" />
      ))}
    </Stepper>
  );
}

/** Which channel and which marketplace; then the channel's own consent page. */
export function ConnectDrawer({ channel: first, onClose }: Props) {
  const { t } = useTranslation("channels");
  const { data: channels, error, refetch } = useQuery({ ...channelsQuery, enabled: first !== undefined });
  const authorize = useAuthorize();
  const [channelId, setChannelId] = useState<string>();
  const [marketplace, setMarketplace] = useState<string | null>(null);
  const channel = channels?.find((one) => one.id === (channelId ?? first)) ?? channels?.[0];
  const market = channel?.marketplaces.find((one) => one.id === marketplace) ?? channel?.marketplaces[0];
  const regions = new Intl.DisplayNames([document.documentElement.lang], { type: "region" });
  return (
    <Drawer
      opened={first !== undefined}
      onClose={onClose}
      title={<span className={css.drawerTitle}>{t("connect.title")}</span>}
      closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
    >
      <Steps active={0} />
      {error && !channels && <ProblemNote problem={error} onRetry={() => void refetch()} />}
      {!error && !channels && <LedgerSkeleton rows={3} />}
      {channel && (
        <>
          <h3 className={css.flowTitle}>{t("connect.which")}</h3>
          <p className="ink2">{t("connect.text")}</p>
          <div className={css.group}>
            <Radio.Group
              label={t("connect.channel")}
              value={channel.id}
              onChange={(id) => {
                setChannelId(id);
                setMarketplace(null);
              }}
            >
              {channels?.map((one) => (
                <Radio
                  key={one.id}
                  data-autofocus
                  value={one.id}
                  label={
                    <span className="row">
                      <Mark channel={one.id} size={22} />
                      {one.name}
                    </span>
                  }
                  description={one.environment === "played" ? t("connect.played") : undefined}
                />
              ))}
            </Radio.Group>
            <Select
              label={t("connect.marketplace")}
              description={market && t("connect.currency", { currency: market.currency })}
              inputWrapperOrder={["label", "input", "description"]}
              allowDeselect={false}
              value={market?.id ?? null}
              onChange={setMarketplace}
              data={channel.marketplaces.map((one) => ({
                value: one.id,
                label: `${regions.of(one.country) ?? one.country} (${marketplaceOf(one.id)})`,
              }))}
            />
          </div>
          <p className={css.next}>
            <IconShieldCheck size={18} aria-hidden />
            {t("connect.leaving", { channel: channel.name })}
          </p>
          {!channel.is_configured && (
            <p className={css.unset}>{t("connect.unset", { channel: channel.name })}</p>
          )}
          {authorize.isError && <ProblemNote problem={authorize.error} />}
          <div className={css.flowActions}>
            <Button variant="default" onClick={onClose}>
              {t("action.cancel", { ns: "shared" })}
            </Button>
            <Button
              rightSection={<IconArrowRight size={16} />}
              disabled={!market || !channel.is_configured}
              loading={authorize.isPending || authorize.isSuccess}
              onClick={() =>
                market &&
                authorize.mutate({ channel: channel.id, marketplace: market.id, return_to: "/channels" })
              }
            >
              {t("connect.go", { channel: channel.name })}
            </Button>
          </div>
        </>
      )}
    </Drawer>
  );
}
