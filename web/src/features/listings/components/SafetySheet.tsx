import { useTranslation } from "react-i18next";
import type { BrandOut, ContactBody, ProductOut } from "@/api/types.gen";
import { useSaveBrand } from "@/features/listings/api/product";
import { useProductProblems } from "@/features/listings/useProductProblems";
import { SavedText } from "@/shared/forms/SavedField";
import { FieldProblem } from "@/shared/problems/FieldProblem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Product.module.css";

const fields = [
  "company_name",
  "address_line1",
  "postal_code",
  "city",
  "country",
  "email",
  "phone",
  "contact_url",
] as const;
type Role = "manufacturer" | "responsible";

interface ContactProps {
  brand: BrandOut;
  role: Role;
  onSave: (role: Role, contact: ContactBody) => Promise<unknown>;
}

function ContactFields({ brand, role, onSave }: ContactProps) {
  const { t } = useTranslation("listings");
  const contact = brand[role];
  const lacks = role === "manufacturer" ? brand.manufacturer_lacks : brand.responsible_lacks;
  return (
    <div className={css.contact}>
      <h3>{t(`safety.${role}`)}</h3>
      <div className={css.fields} style={{ padding: "8px 0 12px" }}>
        {fields.map((name) => (
          <SavedText
            key={name}
            field={`${role}.${name}`}
            label={t(`safety.field.${name}`)}
            description={lacks.includes(name) ? t("safety.lacks") : undefined}
            value={contact[name] ?? ""}
            maxLength={name === "country" ? 2 : 180}
            onSave={(text) =>
              onSave(role, { ...contact, [name]: name === "country" ? text.toUpperCase() : text })
            }
          />
        ))}
      </div>
    </div>
  );
}

/** EU product safety: manufacturer and responsible person belong to the brand, so every product of it follows. */
export function SafetySheet({ product }: { product: ProductOut }) {
  const { t } = useTranslation("listings");
  const save = useSaveBrand(product.id);
  const problems = useProductProblems(product)
    .at("brand")
    .filter((problem) => problem.fix === "brand:safety");
  const { brand } = product;
  const keep = (role: Role, contact: ContactBody) =>
    save.mutateAsync({ name: product.brand_name, [role]: contact });
  return (
    <section className="sheet" aria-labelledby="safety">
      <header>
        <h2 id="safety">{t("safety.title")}</h2>
        {brand && <span className="dim caption end">{t("safety.ofBrand", { brand: brand.name })}</span>}
      </header>
      {save.isError && <ProblemNote problem={save.error} />}
      {problems.length > 0 && (
        <p className={css.note}>
          {problems.map((problem) => (
            <FieldProblem key={problem.code} problem={problem} />
          ))}
        </p>
      )}
      {brand ? (
        <>
          <ContactFields brand={brand} role="manufacturer" onSave={keep} />
          <ContactFields brand={brand} role="responsible" onSave={keep} />
        </>
      ) : (
        <p className={css.note}>{t("safety.noBrand")}</p>
      )}
    </section>
  );
}
