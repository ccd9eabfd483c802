import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProductOut, VariantBody } from "@/api/types.gen";
import { useSaveVariants, useUndo } from "@/features/listings/api/product";
import { ChannelsShow } from "@/features/listings/components/ChannelsShow";
import { ConflictNote } from "@/features/listings/components/ConflictNote";
import { useSavedNote } from "@/shared/forms/useSavedNote";
import { VariantMatrix } from "@/features/listings/components/VariantMatrix";
import { useProductProblems } from "@/features/listings/useProductProblems";
import type { VariantChange } from "@/features/listings/matrix/cells";
import type { MatrixVariant } from "@/features/listings/matrix/sheet";
import { useRights } from "@/shared/auth/rights";
import { useFormat } from "@/shared/format/format";
import { FieldProblem } from "@/shared/problems/FieldProblem";
import css from "./Product.module.css";

/** What the matrix changed, as the API takes it: one entry per variant. */
function bodies(changes: VariantChange[], currency: string, decimals: number): VariantBody[] {
  const byId = new Map<string, VariantBody>();
  for (const change of changes) {
    const body = byId.get(change.id) ?? { id: change.id };
    if (change.field === "sku") body.sku = change.value;
    else if (change.field === "gtin") body.gtin = change.value;
    else if (change.field === "quantity") body.quantity = change.value;
    else body.price = { amount: (change.value / 10 ** decimals).toFixed(decimals), currency };
    byId.set(change.id, body);
  }
  return [...byId.values()];
}

const fields = [
  "price",
  "quantity",
  "sku",
  "gtin",
  "currency",
  "parent_sku",
  "option1_name",
  "option1_value",
  "option2_value",
];

export function VariantsTab({ product }: { product: ProductOut }) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const save = useSaveVariants(product.id);
  const may = useRights().write;
  const undo = useUndo(product.id);
  const note = useSavedNote(save);
  const [looked, setLooked] = useState<string>();
  const problems = useProductProblems(product).at(...fields);
  const currency = product.price?.currency ?? "EUR";
  const variants = useMemo(
    () =>
      product.variants.map((variant): MatrixVariant => ({
        id: variant.id,
        sku: variant.sku,
        gtin: variant.gtin,
        // The product's own order of options decides which goes down and which across.
        options: Object.fromEntries(
          product.option_names.flatMap((name) =>
            variant.options[name] ? [[name, variant.options[name]]] : [],
          ),
        ),
        priceMinor: variant.price?.minor ?? null,
        quantity: variant.quantity,
      })),
    [product.variants, product.option_names],
  );
  return (
    <>
      <ConflictNote
        error={save.error}
        listingId={product.id}
        onInsist={() => save.variables && save.mutate(save.variables)}
        onGiveIn={save.reset}
      />
      {problems.length > 0 && (
        <section className={`sheet ${css.note}`} aria-label={t("variantProblems")}>
          {problems.map((problem) => (
            <p key={problem.code}>
              <FieldProblem problem={problem} />
            </p>
          ))}
        </section>
      )}
      <div data-field="price">
        <VariantMatrix
          variants={variants}
          currency={currency}
          note={note}
          onLook={setLooked}
          readOnly={!may}
          onUndo={
            save.isSuccess && !undo.isPending
              ? () => undo.mutate(product.revision - 1, { onSuccess: save.reset })
              : undefined
          }
          onChange={(changes) =>
            save.mutate({ variants: bodies(changes, currency, format.decimals(currency)) })
          }
        />
      </div>
      <ChannelsShow product={product} variantId={looked} />
    </>
  );
}
