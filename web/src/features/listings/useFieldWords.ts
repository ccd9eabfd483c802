import { useTranslation } from "react-i18next";

const known = [
  "title",
  "description",
  "brand",
  "mpn",
  "condition",
  "category",
  "category_hint",
  "aspects",
  "options",
  "variants",
  "pictures",
  "price",
  "sku",
  "gtin",
  "weight",
  "status",
  "reference",
  "language",
] as const;

/** Names of fields as the product page calls them; one without words shows its own name. */
export function useFieldWords(): (fields: string[]) => string[] {
  const { t } = useTranslation("listings");
  return (fields) =>
    fields.map((field) => {
      const name = field.replace(/^variants?\./, "").replace(/_name$|_names$|_minor$|_g$/, "");
      const word = known.find((candidate) => candidate === name || candidate === `${name}s`);
      return word ? t(`field.${word}`) : field;
    });
}
