import type { HTMLAttributes, RefAttributes } from "react";
import { useTranslation } from "react-i18next";
import type { Field, MatrixVariant } from "@/features/listings/matrix/sheet";
import css from "./VariantMatrix.module.css";

interface Props {
  variant: MatrixVariant | undefined;
  field: Field;
  text: string | undefined;
  /** The first column of its group carries the group's line. */
  first: boolean;
  own: boolean;
  /** What is being typed, while this cell is edited. */
  draft: string | undefined;
  onDraft: (text: string) => void;
  onLeave: () => void;
  onEdit: () => void;
  cellProps: HTMLAttributes<HTMLTableCellElement> & RefAttributes<HTMLTableCellElement>;
}

const scarce = 3;

/** One value of one variant; a dash where the combination does not exist. */
export function MatrixCell(props: Props) {
  const { variant, field, text, first, own, draft, onDraft, onLeave, onEdit, cellProps } = props;
  const { t } = useTranslation("listings");
  const numeric = field === "price" || field === "quantity";
  const firstLine = first || undefined;
  if (!variant) {
    return (
      <td {...cellProps} data-first={firstLine} className={numeric ? "num" : undefined}>
        <span className={css.none} role="img" aria-label={t("matrix.hole")} />
      </td>
    );
  }
  const flag =
    field !== "quantity" || variant.quantity > scarce ? undefined : variant.quantity > 0 ? "low" : "out";
  return (
    <td
      {...cellProps}
      className={numeric ? "num" : undefined}
      data-first={firstLine}
      data-own={own || undefined}
      data-flag={flag}
      title={own ? t("matrix.ownPrice") : undefined}
      onDoubleClick={onEdit}
    >
      {draft === undefined ? (
        <>
          {text || "–"}
          {flag && <small>{t(`matrix.${flag}`)}</small>}
        </>
      ) : (
        <input
          autoFocus
          aria-label={t(`matrix.field.${field}`, { currency: "" })}
          inputMode={field === "price" ? "decimal" : field === "quantity" ? "numeric" : "text"}
          value={draft}
          onChange={(event) => onDraft(event.currentTarget.value)}
          onBlur={onLeave}
        />
      )}
    </td>
  );
}
