import { Button, Select, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ProductBody } from "@/api/types.gen";
import { useCreateListing } from "@/features/listings/api/product";
import { parseAmount } from "@/shared/format/amount";
import { useFormat } from "@/shared/format/format";
import { conditions } from "@/shared/goods/defaults";
import { Body } from "@/shared/layout/Body";
import { usePreferences } from "@/shared/preferences/preferences";
import { asProblem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useProblemWords } from "@/shared/problems/words";
import { PageHeader } from "@/shared/ui/PageHeader";
import css from "./Product.module.css";

const empty = { title: "", sku: "", price: "", quantity: "1", brand: "", condition: "new" };
const currencies = ["EUR", "CHF", "GBP", "USD"];

/** The least that makes a product; everything else is entered on its own page. */
export function NewListingPage() {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const words = useProblemWords();
  const navigate = useNavigate();
  const { language } = usePreferences();
  const create = useCreateListing();
  const [values, setValues] = useState(empty);
  const [currency, setCurrency] = useState("EUR");
  const [key, setKey] = useState(() => crypto.randomUUID());
  const minor = values.price.trim() ? parseAmount(values.price, currency, format) : null;
  const change = (name: keyof typeof empty) => (value: string) =>
    setValues((before) => ({ ...before, [name]: value }));
  const problems = create.error ? asProblem(create.error).problems : [];
  const wrong = (...fields: string[]) => {
    const found = problems.find((problem) => fields.some((field) => problem.field?.endsWith(field)));
    return found && words(found).title;
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    if (minor === undefined) return;
    const decimals = format.decimals(currency);
    const body: ProductBody = {
      reference: values.sku.trim(),
      language,
      title: { [language]: values.title.trim() },
      brand: values.brand.trim(),
      condition: values.condition,
      variants: [
        {
          sku: values.sku.trim(),
          quantity: Number(values.quantity) || 0,
          price: minor === null ? null : { amount: (minor / 10 ** decimals).toFixed(decimals), currency },
        },
      ],
    };
    create.mutate(
      { body, key },
      {
        onSuccess: (product) => void navigate({ to: `/listings/${product.id}` }),
        onError: () => setKey(crypto.randomUUID()),
      },
    );
  }

  return (
    <>
      <PageHeader
        title={t("new")}
        crumbs={[{ label: t("title"), to: "/listings" }]}
        facts={t("create.text")}
      />
      <Body>
        <form onSubmit={submit} className={css.form} style={{ maxWidth: 720 }} noValidate>
          {create.error && <ProblemNote problem={create.error} />}
          <section className="sheet" aria-label={t("basics.title")}>
            <div className={css.fields}>
              <TextInput
                className={css.wide}
                autoFocus
                label={t("basics.name")}
                maxLength={200}
                value={values.title}
                error={wrong("title")}
                onChange={(event) => change("title")(event.currentTarget.value)}
              />
              <TextInput
                label={t("basics.reference")}
                maxLength={100}
                value={values.sku}
                error={wrong("sku", "reference")}
                onChange={(event) => change("sku")(event.currentTarget.value)}
              />
              <TextInput
                label={t("column.price")}
                inputMode="decimal"
                value={values.price}
                error={minor === undefined ? t("price.unread") : wrong("price")}
                onChange={(event) => change("price")(event.currentTarget.value)}
              />
              <Select
                label={t("create.currency")}
                allowDeselect={false}
                data={currencies}
                value={currency}
                onChange={(value) => setCurrency(value ?? "EUR")}
              />
              <TextInput
                label={t("column.stock")}
                inputMode="numeric"
                value={values.quantity}
                error={wrong("quantity")}
                onChange={(event) => change("quantity")(event.currentTarget.value)}
              />
              <TextInput
                label={t("basics.brand")}
                maxLength={120}
                value={values.brand}
                error={wrong("brand")}
                onChange={(event) => change("brand")(event.currentTarget.value)}
              />
              <Select
                label={t("basics.condition")}
                allowDeselect={false}
                value={values.condition}
                onChange={(value) => change("condition")(value ?? "new")}
                data={conditions.map((value) => ({
                  value,
                  label: t(`condition.${value}`, { ns: "shared" }),
                }))}
              />
            </div>
          </section>
          <div className="row">
            <Button
              type="submit"
              loading={create.isPending}
              disabled={!values.title.trim() || !values.sku.trim()}
            >
              {t("create.submit")}
            </Button>
          </div>
        </form>
      </Body>
    </>
  );
}
