import type { ReactNode } from "react";
import css from "./EmptyState.module.css";

interface Props {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** The bookkeeper's stroke: nothing is here, and that is known. Open lines: something belongs here. */
  look?: "open" | "struck";
}

const lines = 4;
const height = lines * 14 + 6;

/** Empty ledger lines, open or closed by a bookkeeper's stroke. */
export function EmptyState({ title, children, action, look = "open" }: Props) {
  return (
    <div className={css.root}>
      <svg viewBox={`0 0 150 ${height}`} width="150" height={height} aria-hidden className={css.art}>
        {Array.from({ length: lines }, (_, line) => (
          <path key={line} d={`M4 ${12 + line * 14}H108M118 ${12 + line * 14}H146`} className={css.line} />
        ))}
        <path d={`M112.5 0V${height}M115.5 0V${height}`} className={css.margin} />
        {look === "struck" && <path d={`M10 9H100L10 ${lines * 14 - 4}H100`} className={css.stroke} />}
        {look === "open" && <path d="M8 9h26" className={css.pen} />}
      </svg>
      <h2>{title}</h2>
      <p>{children}</p>
      {action && <div className={css.actions}>{action}</div>}
    </div>
  );
}
