import type { CSSProperties } from "react";
import type { Tone } from "@/shared/theme/tokens";

/** Gives a subtree the four colours of a tone as --fg --bg --line --solid. */
export function tone(name: Tone): CSSProperties {
  const part = (which: string) => `var(--k-${name}-${which})`;
  return {
    "--fg": part("fg"),
    "--bg": part("bg"),
    "--line": part("line"),
    "--solid": part("solid"),
  } as CSSProperties;
}
