import { Button } from "@mantine/core";
import { IconTestPipe } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ChannelOut, ConnectionOut } from "@/api/types.gen";
import { channelsQuery, useAuthorize } from "@/features/channels/api/connections";
import { useRights } from "@/shared/auth/rights";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Mark } from "@/shared/states/Mark";
import css from "./Channels.module.css";

/** The marketplace of the page's own language where the channel has it, else its first. */
function nearest(channel: ChannelOut): string | undefined {
  const language = document.documentElement.lang;
  const own = channel.marketplaces.find((one) => one.locale.startsWith(language));
  return (own ?? channel.marketplaces[0])?.id;
}

/** What else could be connected: channels and marketplaces that are not yet, and one to practise on. */
export function MoreWays({
  connections,
  onConnect,
}: {
  connections: ConnectionOut[];
  onConnect: (channel: string) => void;
}) {
  const { t } = useTranslation("channels");
  const may = useRights().admin;
  const { data: channels } = useQuery(channelsQuery);
  const practise = useAuthorize();
  if (!may || !channels) return null;
  const marketsLeft = (channel: ChannelOut) =>
    channel.marketplaces.length -
    new Set(connections.filter((one) => one.channel === channel.id).map((one) => one.marketplace.id)).size;
  const played = channels.find((channel) => channel.environment === "played");
  const market = played && nearest(played);
  return (
    <>
      {practise.isError && <ProblemNote problem={practise.error} />}
      <div className={css.more}>
        {channels
          .filter((channel) => channel.is_configured && marketsLeft(channel) > 0)
          .map((channel) => (
            <section key={channel.id} className="sheet" aria-labelledby={`more-${channel.id}`}>
              <Mark channel={channel.id} size={34} />
              <div className="grow">
                <h2 id={`more-${channel.id}`}>{channel.name}</h2>
                <p>{t("more.markets", { count: marketsLeft(channel) })}</p>
              </div>
              <Button variant="default" onClick={() => onConnect(channel.id)}>
                {t("more.connect")}
              </Button>
            </section>
          ))}
        {played && market && (
          <section className="sheet" aria-labelledby="practise">
            <IconTestPipe size={22} stroke={1.7} aria-hidden />
            <div className="grow">
              <h2 id="practise">{t("practise.title")}</h2>
              <p>{t("practise.text", { channel: played.name })}</p>
            </div>
            <Button
              variant="default"
              loading={practise.isPending || practise.isSuccess}
              onClick={() =>
                practise.mutate({ channel: played.id, marketplace: market, return_to: "/channels" })
              }
            >
              {t("practise.start")}
            </Button>
          </section>
        )}
      </div>
    </>
  );
}
