import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAgeWords } from "@/shared/states/Age";
import { useStateWord } from "@/shared/states/Chip";
import { channelOf } from "@/shared/states/channels";
import { lookOf } from "@/shared/states/states";
import { tone } from "@/shared/states/tone";
import css from "./state.module.css";

export interface ChannelState {
  channel: string;
  /** Which account, where a channel has several. */
  account?: string;
  state: string;
  since?: string | null;
  note?: string;
}

/** Mark and state in one chip, for lists. Name, state and age are in the tooltip and for screen readers. */
export function MiniChip({ channel, account, state, since, note }: ChannelState) {
  const { t } = useTranslation("shared");
  const word = useStateWord();
  const age = useAgeWords();
  const look = lookOf(state);
  const name = account ? `${channelOf(channel).name} ${account}` : channelOf(channel).name;
  const facts = [word(state), since ? age(since) : undefined].filter(Boolean).join(", ");
  const words = t("channelState", { name, facts }) + (note ? ` ${note}` : "");
  return (
    <Tooltip label={words}>
      <span
        className={css.mini}
        style={tone(look.tone)}
        data-dashed={look.dashed}
        data-hatched={look.hatched}
        tabIndex={0}
        role="img"
        aria-label={words}
      >
        {channelOf(channel).mark}
        <look.icon size={14} stroke={2} aria-hidden />
      </span>
    </Tooltip>
  );
}
