import { SegmentedControl } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { MatrixBar } from "@/features/listings/components/MatrixBar";
import { MatrixCell } from "@/features/listings/components/MatrixCell";
import { cellText, readCell, type VariantChange } from "@/features/listings/matrix/cells";
import { isColour, swatchOf } from "@/features/listings/matrix/colours";
import {
  axesOf,
  basePrices,
  labelsIn,
  sheetOf,
  type MatrixVariant,
  type Mode,
} from "@/features/listings/matrix/sheet";
import { useFormat } from "@/shared/format/format";
import { inRange, useCellGrid, type Range } from "@/shared/grid/useCellGrid";
import css from "./VariantMatrix.module.css";

interface Props {
  variants: MatrixVariant[];
  currency: string;
  onChange: (changes: VariantChange[]) => void;
  /** When the last change was kept. */
  note?: string;
  onUndo?: () => void;
  /** Looked at, not changed. */
  readOnly?: boolean;
  /** The variant under the cursor. */
  onLook?: (id: string | undefined) => void;
}

/** A colour beside its word; an empty frame where the word names none that is known. */
function Swatch({ word }: { word: string }) {
  return <i aria-hidden className={css.swatch} style={{ background: swatchOf(word) }} />;
}

/** `€` where the reader knows the sign, else the code. */
const signOf = (currency: string, locale: string) =>
  new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(0)
    .find((part) => part.type === "currency")?.value ?? currency;

/** Variants as a spreadsheet: one axis down, the other across, edited by keys. */
export function VariantMatrix({ variants, currency, onChange, note, onUndo, readOnly, onLook }: Props) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const [mode, setMode] = useState<Mode>("priceStock");
  const sheet = useMemo(() => sheetOf(variants, mode), [variants, mode]);
  const bases = useMemo(() => basePrices(sheet), [sheet]);
  const crossed = sheet.groups.length > 0;
  const across = isColour(axesOf(variants).find((axis) => axis !== sheet.axis) ?? "");
  const stockColumns = sheet.columns.some((column) => column.field === "quantity");

  function changesIn(range: Range, textFor: (column: number) => string | undefined): VariantChange[] {
    const changes: VariantChange[] = [];
    for (let row = range.top; row <= range.bottom; row += 1) {
      for (let column = range.left; column <= range.right; column += 1) {
        const [variant, field, text] = [sheet.at(row, column), sheet.columns[column]?.field, textFor(column)];
        const change =
          variant && field && text !== undefined && readCell(variant, field, text, currency, format);
        if (change) changes.push(change);
      }
    }
    return changes;
  }
  const textAt = (row: number, column: number) => {
    const [variant, field] = [sheet.at(row, column), sheet.columns[column]?.field];
    return variant && field && cellText(variant, field, currency, format);
  };
  const keep = (changes: VariantChange[]) => void (!readOnly && changes.length > 0 && onChange(changes));

  const grid = useCellGrid({
    rows: sheet.rows.length,
    columns: sheet.columns.length,
    textAt: ({ row, column }) => (readOnly ? undefined : textAt(row, column)),
    onCommit: (range, text) => keep(changesIn(range, () => text)),
    onFillDown: (range) =>
      keep(changesIn({ ...range, top: range.top + 1 }, (column) => textAt(range.top, column))),
  });

  const picked = new Map<string, MatrixVariant>();
  sheet.rows.forEach((_, row) =>
    sheet.columns.forEach((column, at) => {
      const variant = sheet.at(row, at);
      if (variant && column.field === "price" && inRange(grid.range, { row, column: at }))
        picked.set(variant.id, variant);
    }),
  );
  const looked = sheet.at(grid.active.row, grid.active.column)?.id;
  useEffect(() => onLook?.(looked), [looked, onLook]);
  const covered = labelsIn(sheet, grid.range);
  const where = [covered.rows, covered.groups]
    .flatMap((ends) =>
      ends ? [ends[0] === ends[1] ? ends[0] : t("matrix.fromTo", { from: ends[0], to: ends[1] })] : [],
    )
    .join(", ");
  const total = (at: (row: number, column: number) => boolean) => {
    let sum = 0;
    sheet.rows.forEach((_, row) =>
      sheet.columns.forEach((column, index) => {
        if (column.field === "quantity" && at(row, index)) sum += sheet.at(row, index)?.quantity ?? 0;
      }),
    );
    return format.number(sum);
  };
  const isOwn = (variant: MatrixVariant | undefined) =>
    variant !== undefined && variant.priceMinor !== bases.get(variant.id);
  const heading = axesOf(variants).join(" × ");

  return (
    <section className="sheet" aria-label={t("matrix.title")}>
      <header>
        <h2>{heading || t("matrix.title")}</h2>
        {crossed && (
          <SegmentedControl
            size="xs"
            className={css.mode}
            aria-label={t("matrix.shown")}
            value={mode}
            onChange={(value) => setMode(value as Mode)}
            data={(["priceStock", "sku", "gtin"] as const).map((value) => ({
              value,
              label: t(`matrix.mode.${value}`),
            }))}
          />
        )}
        {note && <span className="dim caption end">{note}</span>}
      </header>
      <div className={css.scroll} role="group" aria-label={t("matrix.region")} tabIndex={0}>
        <table className={css.matrix}>
          <thead>
            {crossed && (
              <tr>
                <th scope="col" rowSpan={2} className={css.corner}>
                  {sheet.axis}
                </th>
                {sheet.groups.map((group) => (
                  <th key={group.label} scope="colgroup" colSpan={group.span}>
                    <span className={css.name}>
                      {across && <Swatch word={group.label} />}
                      {group.label}
                    </span>
                  </th>
                ))}
                {stockColumns && (
                  <th scope="col" rowSpan={2} className="num">
                    {t("matrix.sum")}
                  </th>
                )}
              </tr>
            )}
            <tr>
              {!crossed && (
                <th scope="col" className={css.first}>
                  {sheet.axis || t("matrix.variant")}
                </th>
              )}
              {sheet.columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  className={column.field === "sku" || column.field === "gtin" ? undefined : "num"}
                >
                  {t(`matrix.field.${column.field}`, { currency: signOf(currency, format.locale) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map((line, row) => (
              <tr key={line.key}>
                <th scope="row">
                  <span className={css.name}>
                    {isColour(sheet.axis) && <Swatch word={line.label} />}
                    {line.label || "–"}
                  </span>
                </th>
                {sheet.columns.map((column, at) => (
                  <MatrixCell
                    key={column.key}
                    variant={sheet.at(row, at)}
                    field={column.field}
                    text={textAt(row, at)}
                    first={at === 0 || column.group !== sheet.columns[at - 1]?.group}
                    own={column.field === "price" && isOwn(sheet.at(row, at))}
                    draft={grid.active.row === row && grid.active.column === at ? grid.draft : undefined}
                    onDraft={grid.setDraft}
                    onLeave={grid.keep}
                    onEdit={() => grid.edit({ row, column: at })}
                    cellProps={grid.cellProps({ row, column: at })}
                  />
                ))}
                {crossed && stockColumns && (
                  <td className="num strong" data-first>
                    {total((at) => at === row)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
          {stockColumns && sheet.rows.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row">{t("matrix.sum")}</th>
                {sheet.columns.map((column, at) => (
                  <td key={column.key} className="num" data-first={column.field === "price" || undefined}>
                    {column.field === "quantity" && total((_, index) => index === at)}
                  </td>
                ))}
                {crossed && (
                  <td className="num" data-first>
                    {total(() => true)}
                  </td>
                )}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {picked.size > 1 && !readOnly && (
        <footer className={css.bar}>
          <MatrixBar
            picked={[...picked.values()]}
            where={where}
            bases={bases}
            onChange={onChange}
            onUndo={onUndo}
          />
        </footer>
      )}
      <p className={css.hint}>
        <kbd>↑↓←→</kbd> {t("matrix.move")} <kbd>⇧</kbd> {t("matrix.widen")} <kbd>⌘D</kbd> {t("matrix.fill")}{" "}
        <kbd>Esc</kbd> {t("matrix.discard")}
      </p>
    </section>
  );
}
