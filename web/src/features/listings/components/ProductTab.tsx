import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProductBody, ProductOut } from "@/api/types.gen";
import { brandsQuery, useSaveProduct } from "@/features/listings/api/product";
import { AspectSheet } from "@/features/listings/components/AspectSheet";
import { CategorySheet } from "@/features/listings/components/CategorySheet";
import { ConflictNote } from "@/features/listings/components/ConflictNote";
import { SafetySheet } from "@/features/listings/components/SafetySheet";
import { useProductProblems } from "@/features/listings/useProductProblems";
import { SavedSelect, SavedSuggest, SavedText } from "@/shared/forms/SavedField";
import { useSavedNote } from "@/shared/forms/useSavedNote";
import { conditions } from "@/shared/goods/defaults";
import css from "./Product.module.css";

/** The product itself: what it is called and is, its attributes, categories and safety data. */
export function ProductTab({ product }: { product: ProductOut }) {
  const { t } = useTranslation("listings");
  const problems = useProductProblems(product);
  const save = useSaveProduct(product.id);
  const note = useSavedNote(save);
  const [brandWords, setBrandWords] = useState("");
  const { data: brands } = useQuery(brandsQuery(brandWords));
  const keep = (body: ProductBody) => save.mutateAsync(body);
  const title = product.title[product.language] ?? "";
  return (
    <>
      <ConflictNote
        error={save.error}
        listingId={product.id}
        mine={save.variables}
        onInsist={() => save.variables && save.mutate(save.variables)}
        onGiveIn={save.reset}
      />
      <section className="sheet" aria-labelledby="basics">
        <header>
          <h2 id="basics">{t("basics.title")}</h2>
          {note && <span className="dim caption end">{note}</span>}
        </header>
        <div className={css.fields}>
          <div className={css.wide}>
            <SavedText
              field="title"
              label={t("basics.name")}
              description={t("basics.length", { count: title.length })}
              value={title}
              maxLength={200}
              problems={problems.at("title")}
              onSave={(text) => keep({ title: { [product.language]: text } })}
            />
          </div>
          <SavedText
            field="reference"
            label={t("basics.reference")}
            value={product.reference}
            maxLength={100}
            problems={problems.at("reference")}
            onSave={(reference) => keep({ reference })}
          />
          <div onInput={(event) => setBrandWords((event.target as HTMLInputElement).value)}>
            <SavedSuggest
              field="brand"
              label={t("basics.brand")}
              value={product.brand_name}
              data={(brands ?? []).map((brand) => brand.name)}
              maxLength={120}
              problems={problems
                .at("brand", "aspect:Marke", "aspect:Brand", "aspect:Marque")
                .filter((one) => one.fix !== "brand:safety")}
              onSave={(brand) => keep({ brand })}
            />
          </div>
          <SavedText
            field="mpn"
            label={t("basics.mpn")}
            value={product.mpn}
            maxLength={100}
            problems={problems.at("mpn")}
            onSave={(mpn) => keep({ mpn })}
          />
          <SavedSelect
            field="condition"
            label={t("basics.condition")}
            clearable
            value={product.condition}
            data={conditions.map((value) => ({ value, label: t(`condition.${value}`, { ns: "shared" }) }))}
            problems={problems.at("condition")}
            onSave={(condition) => keep({ condition })}
          />
          <SavedSelect
            field="status"
            label={t("basics.status")}
            value={product.status === "archived" ? "active" : product.status}
            data={(["active", "draft"] as const).map((value) => ({ value, label: t(`status.${value}`) }))}
            onSave={(status) => keep({ status: status as "active" | "draft" })}
          />
          <SavedText
            field="category_hint"
            label={t("basics.hint")}
            value={product.category_hint}
            maxLength={300}
            problems={problems.at("category_hint")}
            onSave={(hint) => keep({ category_hint: hint })}
          />
        </div>
      </section>
      <AspectSheet product={product} onSave={(aspects) => keep({ aspects })} />
      <CategorySheet product={product} onSave={(category) => keep({ category })} />
      <SafetySheet product={product} />
    </>
  );
}
