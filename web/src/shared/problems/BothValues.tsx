import type { ReactNode } from "react";
import css from "./BothValues.module.css";

interface Side {
  /** Whose it is. */
  label: string;
  value: string;
  onTake: () => void;
}

interface Props {
  title: string;
  children: ReactNode;
  mine: Side;
  theirs: Side;
  /** Status and code. */
  code: string;
}

/** Two people wrote into one field: both values side by side, and a press says which one holds. */
export function BothValues({ title, children, mine, theirs, code }: Props) {
  return (
    <section className={`sheet ${css.root}`} role="alert">
      <h2>{title}</h2>
      <p>{children}</p>
      <div className={css.sides}>
        {[mine, theirs].map((side) => (
          <button key={side.label} type="button" data-mine={side === mine || undefined} onClick={side.onTake}>
            <small>{side.label}</small> <span>{side.value}</span>
          </button>
        ))}
      </div>
      <p className="caption">{code}</p>
    </section>
  );
}
