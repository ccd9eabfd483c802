import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/format";
import { useNow } from "@/shared/format/clock";
import { useLiveState } from "@/shared/live/live";

/** Whether the page is true right now. While the socket stands, "as of" is now. */
export function LiveMark({ short }: { short?: true }) {
  const { t } = useTranslation("app");
  const format = useFormat();
  const live = useLiveState();
  const now = useNow();
  const at = live.status === "live" ? new Date(now) : live.asOf;
  const words = at ? t(`live.${live.status}At`, { at: format.time(at) }) : t(`live.${live.status}`);
  return (
    <span className="row" style={{ gap: 6 }}>
      <span className="dot" data-off={live.status === "live" ? undefined : true} />
      {short && at ? (
        <span>
          <span className="vh">{words}</span>
          <span aria-hidden>{format.time(at)}</span>
        </span>
      ) : (
        <span className="clip">{words}</span>
      )}
    </span>
  );
}
