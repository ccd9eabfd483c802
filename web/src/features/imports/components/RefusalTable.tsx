import { useTranslation } from "react-i18next";
import type { RefusalOut } from "@/api/types.gen";
import { useFormat } from "@/shared/format/format";
import { useProblemWords } from "@/shared/problems/words";
import css from "./Imports.module.css";

/** Rows that are not taken: where, why, and the code. */
export function RefusalTable({ refusals }: { refusals: RefusalOut[] }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const words = useProblemWords();
  return (
    <div className={css.scroll} role="group" aria-label={t("refused.title")} tabIndex={0}>
      <table className={`ledger dense ${css.refusals}`}>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t("refused.row")}
            </th>
            <th scope="col">{t("refused.column")}</th>
            <th scope="col">{t("refused.sku")}</th>
            <th scope="col">{t("refused.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {refusals.map((refusal) => (
            <tr key={`${refusal.row}/${refusal.code}/${refusal.field}`}>
              <td className="num small">{format.number(refusal.row)}</td>
              <td className="small nowrap">{refusal.column || "–"}</td>
              <td className="small nowrap">{refusal.sku || "–"}</td>
              <td className={css.reason}>
                <span className="small">{words(refusal).title}</span>
                {refusal.others.map((other) => (
                  <span key={other.code} className="small">
                    {words(other).title}
                  </span>
                ))}
                <span className="dim caption">{refusal.code}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
