import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isState, lookOf } from "@/shared/states/states";
import { tone } from "@/shared/states/tone";
import css from "./state.module.css";

/** The word for a state, or its code where this version has none. */
export function useStateWord(): (state: string) => string {
  const { t } = useTranslation("shared");
  return (state) => (isState(state) ? t(`state.${state}`) : state);
}

interface Props {
  state: string;
  /** Says more than the state's own word, e.g. a date. */
  children?: ReactNode;
}

/** A state in words, boxed. */
export function Chip({ state, children }: Props) {
  const word = useStateWord();
  const look = lookOf(state);
  return (
    <span className={css.chip} style={tone(look.tone)} data-dashed={look.dashed} data-hatched={look.hatched}>
      <look.icon size={14} stroke={1.9} aria-hidden />
      {children ?? word(state)}
    </span>
  );
}

/** Icon and word without a box, for dense rows where the box would shout. */
export function StateText({ state, children }: Props) {
  const word = useStateWord();
  const look = lookOf(state);
  return (
    <span className={css.plain} style={tone(look.tone)}>
      <look.icon size={15} stroke={1.9} aria-hidden />
      {children ?? word(state)}
    </span>
  );
}
