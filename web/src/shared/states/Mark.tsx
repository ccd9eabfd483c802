import { channelOf } from "@/shared/states/channels";
import css from "./state.module.css";

/** Own letter mark of a channel. Never coloured: colour belongs to the state. */
export function Mark({ channel, size = 26 }: { channel: string; size?: number }) {
  const style = { width: size, height: size, fontSize: Math.round(size * 0.46) };
  return (
    <span className={css.mark} style={style} aria-hidden>
      {channelOf(channel).mark}
    </span>
  );
}
