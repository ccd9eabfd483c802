import { IconCoins } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ColumnOut, Preview } from "@/api/types.gen";
import { isInCents } from "@/features/imports/components/ColumnTable";
import { RefusalTable } from "@/features/imports/components/RefusalTable";
import { useFormat } from "@/shared/format/format";
import { FieldProblem } from "@/shared/problems/FieldProblem";
import css from "./Imports.module.css";

/** What the beginning of the file would become: products, and rows that would be refused. */
export function PreviewSheet({ preview, columns }: { preview: Preview; columns: ColumnOut[] }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const inCents = columns.filter(isInCents);
  return (
    <section className="sheet" aria-labelledby="preview">
      <header>
        <h2 id="preview">{t("preview.title")}</h2>
        <span className="dim caption end">
          {t("preview.facts", {
            rows: format.number(preview.rows),
            products: format.number(preview.product_count),
            refused: format.number(preview.refused_rows),
          })}
        </span>
      </header>
      {inCents.length > 0 && (
        <p className={css.inCents} role="note">
          <IconCoins size={16} aria-hidden />
          {t("preview.inCents", {
            count: inCents.length,
            names: inCents.map((column) => column.name).join(", "),
            sample: inCents[0]?.samples[0] ?? "",
          })}
        </p>
      )}
      <ul className={css.products}>
        {preview.products.map((product) => {
          const first = product.variants[0];
          const facts = [
            product.sku,
            t("preview.variants", { count: product.variant_count }),
            first?.price && format.money(first.price.minor, first.price.currency),
            product.brand,
            product.images.length > 0 && t("preview.images", { count: product.images.length }),
          ];
          return (
            <li key={product.sku}>
              <p className="medium clip">{product.title}</p>
              <p className="dim caption clip">{facts.filter(Boolean).join(" · ")}</p>
              {product.problems.map((problem) => (
                <FieldProblem key={problem.code} problem={problem} />
              ))}
            </li>
          );
        })}
      </ul>
      {preview.refusals.length > 0 && <RefusalTable refusals={preview.refusals} />}
    </section>
  );
}
