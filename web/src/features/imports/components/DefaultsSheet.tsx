import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportDefaults } from "@/api/types.gen";
import { conditions } from "@/shared/goods/defaults";
import { languages } from "@/shared/preferences/preferences";
import css from "./Imports.module.css";

interface Props {
  defaults: ImportDefaults;
  readOnly: boolean;
  onChange: (defaults: ImportDefaults) => void;
}

const currencies = ["EUR", "USD", "GBP", "CHF", "PLN", "CZK", "SEK", "DKK"];

/** What stands in where the file says nothing; a value in the file always wins. */
export function DefaultsSheet({ defaults: kept, readOnly, onChange }: Props) {
  const { t } = useTranslation("imports");
  // What was said last counts, also while the server is still taking what was said before.
  const [defaults, setDefaults] = useState(kept);
  const [quantity, setQuantity] = useState(defaults.quantity?.toString() ?? "");
  const [address, setAddress] = useState(defaults.image_base_address ?? "");
  const set = (change: Partial<ImportDefaults>) => {
    const next = { ...defaults, ...change };
    setDefaults(next);
    onChange(next);
  };
  const keepQuantity = () => {
    const value = /^\d{1,9}$/.test(quantity.trim()) ? Number(quantity) : null;
    if (value !== (defaults.quantity ?? null)) set({ quantity: value });
  };
  const names = new Intl.DisplayNames([document.documentElement.lang], { type: "language" });
  return (
    <section className="sheet" aria-labelledby="defaults">
      <header>
        <h2 id="defaults">{t("defaults.title")}</h2>
      </header>
      <fieldset className={css.defaults} disabled={readOnly}>
        <TextInput
          label={t("defaults.quantity")}
          inputMode="numeric"
          value={quantity}
          onChange={(event) => setQuantity(event.currentTarget.value)}
          onBlur={keepQuantity}
        />
        <Select
          label={t("defaults.condition")}
          clearable
          value={defaults.condition ?? null}
          data={conditions.map((value) => ({ value, label: t(`condition.${value}`, { ns: "shared" }) }))}
          onChange={(condition) => set({ condition: condition as ImportDefaults["condition"] })}
        />
        <Select
          label={t("defaults.currency")}
          clearable
          value={defaults.currency ?? null}
          data={currencies}
          onChange={(currency) => set({ currency })}
        />
        <Select
          label={t("defaults.weightUnit")}
          clearable
          value={defaults.weight_unit ?? null}
          data={["g", "kg", "lb", "oz"]}
          onChange={(unit) => set({ weight_unit: unit as ImportDefaults["weight_unit"] })}
        />
        <Select
          label={t("defaults.decimal")}
          clearable
          value={defaults.decimal ?? null}
          data={[
            { value: ",", label: t("defaults.comma") },
            { value: ".", label: t("defaults.point") },
          ]}
          onChange={(decimal) => set({ decimal: decimal as ImportDefaults["decimal"] })}
        />
        <Select
          label={t("defaults.language")}
          allowDeselect={false}
          value={defaults.language ?? "de"}
          data={languages.map((value) => ({ value, label: names.of(value) ?? value }))}
          onChange={(language) => set({ language: language ?? "de" })}
        />
        <TextInput
          className={css.wide}
          label={t("defaults.images")}
          description={t("defaults.imagesHelp")}
          inputWrapperOrder={["label", "input", "description"]}
          placeholder="https://"
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          onBlur={() =>
            address.trim() !== (defaults.image_base_address ?? "") &&
            set({ image_base_address: address.trim() })
          }
        />
      </fieldset>
    </section>
  );
}
