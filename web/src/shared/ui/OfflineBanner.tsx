import { IconCloudOff } from "@tabler/icons-react";
import { Trans, useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/format";
import { useLiveState } from "@/shared/live/live";
import css from "./OfflineBanner.module.css";

/** No connection: since when, and as of when the page is. */
export function OfflineBanner() {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const live = useLiveState();
  if (live.status !== "offline") return null;
  const since = format.time(live.since ?? new Date());
  return (
    <div className={css.banner} role="status">
      <IconCloudOff size={18} aria-hidden />
      <span>
        <Trans
          t={t}
          i18nKey="offline.since"
          values={{ since }}
          components={{ strong: <b className="medium" /> }}
        />{" "}
        {live.asOf && t("offline.asOf", { asOf: format.time(live.asOf) })}
      </span>
    </div>
  );
}
