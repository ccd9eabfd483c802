import { useTranslation } from "react-i18next";
import type { Grid } from "@/features/publishing/useGrid";
import { StateText } from "@/shared/states/Chip";
import { states } from "@/shared/states/states";
import css from "./Publishing.module.css";

/** What the marks in the grid mean: of the vocabulary only what is to be seen, in its order. */
export function Legend({ grid, rows }: { grid: Grid; rows: Grid["rows"] }) {
  const { t } = useTranslation("publishing");
  const cells = rows.flatMap((row) => grid.connections.map((one) => grid.cellAt(row.id, one.id)));
  const seen = new Set(cells.map((cell) => cell?.state));
  return (
    <ul className={css.legend} aria-label={t("legend.label")}>
      {Object.keys(states)
        .filter((state) => seen.has(state))
        .map((state) => (
          <li key={state}>
            <StateText state={state} />
          </li>
        ))}
      <li className="dim">{t("legend.time")}</li>
      {cells.includes(undefined) && <li className="dim">{t("legend.dash")}</li>}
    </ul>
  );
}
