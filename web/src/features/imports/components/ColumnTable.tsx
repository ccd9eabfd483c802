import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ColumnEdit, ColumnOut, ImportDetail, TargetOut } from "@/api/types.gen";
import { targetsQuery } from "@/features/imports/api/imports";
import { useTargetWords } from "@/features/imports/useTargetWords";
import { useFormat } from "@/shared/format/format";
import css from "./Imports.module.css";

interface Props {
  found: ImportDetail;
  readOnly: boolean;
  onChange: (edit: ColumnEdit) => void;
}

const ignored = "-";
const units = ["g", "kg", "lb", "oz"];
const currencies = ["EUR", "USD", "GBP", "CHF", "PLN", "CZK", "SEK", "DKK"];
const reasons = [
  "heading",
  "form",
  "values",
  "net_price",
  "another_column",
  "values_contradict",
  "known_unneeded",
  "unknown",
  "person",
] as const;

/** Whole numbers such as `EUR 3900` are read as cents. */
export const isInCents = (column: ColumnOut): boolean => column.target === "price" && column.unit === "cents";

function useChoices(targets: TargetOut[]) {
  const { t } = useTranslation("imports");
  const words = useTargetWords();
  return (column: ColumnOut) => {
    const aspects = [
      ...new Set([`aspect:${column.name}`, ...(column.target.startsWith("aspect:") ? [column.target] : [])]),
    ];
    const of = (group: TargetOut["group"]) =>
      targets
        .filter((one) => one.group === group)
        .map((one) => ({ value: one.target, label: words(one.target) }));
    // What a column is taken for is known before all that it could be.
    const known = targets.some((one) => one.target === column.target) || aspects.includes(column.target);
    return [
      { value: ignored, label: t("target.none") },
      ...(column.target && !known ? [{ value: column.target, label: words(column.target) }] : []),
      { group: t("group.field"), items: of("field") },
      { group: t("group.aspect"), items: aspects.map((value) => ({ value, label: words(value) })) },
      { group: t("group.option"), items: of("option") },
      { group: t("group.structure"), items: of("structure") },
    ];
  };
}

function Row({
  column,
  choices,
  onChange,
}: {
  column: ColumnOut;
  choices: ReturnType<ReturnType<typeof useChoices>>;
  onChange: Props["onChange"];
}) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const reason = reasons.find((known) => known === column.reason) ?? "unknown";
  const doubtful = column.target !== "" && column.confidence < 0.6;
  return (
    <tr data-ignored={column.target === "" || undefined}>
      <th scope="row" className={css.column}>
        {column.name || t("unnamed", { number: column.index + 1 })}
      </th>
      <td className={css.samples}>
        {column.samples.slice(0, 3).map((sample) => (
          <span key={sample} className="clip">
            {sample}
          </span>
        ))}
      </td>
      <td>
        <div className={css.target}>
          <Select
            size="xs"
            searchable
            allowDeselect={false}
            aria-label={t("targetOf", { name: column.name })}
            value={column.target || ignored}
            data={choices}
            onChange={(value) =>
              onChange({ index: column.index, target: value === ignored ? "" : String(value ?? "") })
            }
          />
          {column.target === "weight_g" && (
            <Select
              size="xs"
              w={76}
              aria-label={t("unitOf", { name: column.name })}
              placeholder={t("unit")}
              value={column.unit || null}
              data={units}
              onChange={(unit) => onChange({ index: column.index, target: column.target, unit: unit ?? "" })}
            />
          )}
          {column.target === "price" && (
            <Select
              size="xs"
              w={112}
              aria-label={t("currencyOf", { name: column.name })}
              placeholder={t("currency")}
              clearable
              value={column.currency || null}
              data={currencies}
              onChange={(currency) =>
                onChange({ index: column.index, target: column.target, currency: currency ?? "" })
              }
            />
          )}
        </div>
        {isInCents(column) && <span className="dim caption">{t("unitCents")}</span>}
      </td>
      <td className="small ink2" data-doubtful={doubtful || undefined}>
        {t(`reason.${reason}`)}
        {column.target !== "" && reason !== "person" && (
          <span className="dim"> · {format.percent(column.confidence)}</span>
        )}
      </td>
    </tr>
  );
}

/** Every column of the file with a few of its cells, what it is taken for, and why. */
export function ColumnTable({ found, readOnly, onChange }: Props) {
  const { t } = useTranslation("imports");
  const { data: targets } = useQuery(targetsQuery);
  const choices = useChoices(targets ?? []);
  const used = found.columns.filter((column) => column.target !== "").length;
  return (
    <section className="sheet" aria-labelledby="columns">
      <header>
        <h2 id="columns">{t("columns")}</h2>
        <span className="dim caption end">
          {t("recognised", { count: used, total: found.columns.length })}
        </span>
      </header>
      <div className={css.scroll} role="group" aria-label={t("columns")} tabIndex={0}>
        <fieldset className={css.fields} disabled={readOnly}>
          <table className={`ledger ${css.columns}`}>
            <thead>
              <tr>
                <th scope="col">{t("column.column")}</th>
                <th scope="col">{t("column.samples")}</th>
                <th scope="col">{t("column.target")}</th>
                <th scope="col">{t("column.reason")}</th>
              </tr>
            </thead>
            <tbody>
              {found.columns.map((column) => (
                <Row key={column.index} column={column} choices={choices(column)} onChange={onChange} />
              ))}
            </tbody>
          </table>
        </fieldset>
      </div>
    </section>
  );
}
