import { useFormat } from "@/shared/format/format";
import { useStateWord } from "@/shared/states/Chip";
import { lookOf } from "@/shared/states/states";
import { tone } from "@/shared/states/tone";
import css from "./state.module.css";

export interface Share {
  state: string;
  count: number;
  word?: string;
}

/** One bar for "how much of what we want is proven". Widths are shares; the caller's order is kept. */
export function ProofBar({
  shares,
  height = 10,
  label,
}: {
  shares: Share[];
  height?: number;
  label: string;
}) {
  return (
    <div className={css.bar} style={{ height }} role="img" aria-label={label}>
      {shares
        .filter((share) => share.count > 0)
        .map((share) => {
          const look = lookOf(share.state);
          return (
            <i
              key={share.state}
              style={{ ...tone(look.tone), flex: share.count }}
              data-hatched={look.hatched}
              data-open={share.state === "wanted" || undefined}
            />
          );
        })}
    </div>
  );
}

export function ProofLegend({ shares, columns }: { shares: Share[]; columns?: true }) {
  const word = useStateWord();
  const format = useFormat();
  return (
    <ul className={css.legend} data-columns={columns}>
      {shares
        .filter((share) => share.count > 0)
        .map((share) => {
          const look = lookOf(share.state);
          return (
            <li key={share.state} style={tone(look.tone)}>
              <look.icon size={15} stroke={1.9} aria-hidden />
              <b>{format.number(share.count)}</b>
              {share.word ?? word(share.state)}
            </li>
          );
        })}
    </ul>
  );
}
