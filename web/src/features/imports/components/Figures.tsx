import { useTranslation } from "react-i18next";
import type { ImportDetail } from "@/api/types.gen";
import { useFormat } from "@/shared/format/format";
import css from "./Imports.module.css";

/** How many listings were made, changed and left, and how many rows were refused. */
export function Figures({ found }: { found: ImportDetail }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const undone = found.state === "undone" || found.state === "undoing";
  const figures = undone
    ? ([
        ["reverted", found.reverted],
        ["archived", found.archived],
        ["left", found.left],
      ] as const)
    : ([
        ["created", found.created],
        ["updated", found.updated],
        ["unchanged", found.unchanged],
        ["refused", found.refused],
      ] as const);
  return (
    <dl className={`sheet ${css.figures}`}>
      {figures.map(([name, value]) => (
        <div key={name} data-name={name}>
          <dt>{t(`figure.${name}`)}</dt>
          <dd>{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
