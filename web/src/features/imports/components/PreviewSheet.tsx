import { useTranslation } from "react-i18next";
import type { Preview } from "@/api/types.gen";
import { RefusalTable } from "@/features/imports/components/RefusalTable";
import { useFormat } from "@/shared/format/format";
import { FieldProblem } from "@/shared/problems/FieldProblem";
import css from "./Imports.module.css";

/** What the beginning of the file would become: products, and rows that would be refused. */
export function PreviewSheet({ preview }: { preview: Preview }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
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
