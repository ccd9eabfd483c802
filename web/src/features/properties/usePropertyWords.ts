import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { inShort } from "@/features/properties/changes";
import type { ListName } from "@/features/properties/choices";
import { fieldsByPath } from "@/features/properties/fields";
import { textOf } from "@/features/properties/values";
import { useFormat, type Format } from "@/shared/format/format";

type Find = (key: string, options?: object) => string;

export interface PropertyWords {
  field: (path: string) => string;
  choice: (list: ListName, value: string) => string;
  /** Any value of any field, as a sentence would say it. */
  value: (path: string, value: unknown, currency?: string) => string;
}

/** Languages and countries are named by the reader's own language, the rest by the catalogue. */
function wordsBy(find: Find, format: Format): PropertyWords {
  const languages = new Intl.DisplayNames([format.locale], { type: "language" });
  const regions = new Intl.DisplayNames([format.locale], { type: "region" });
  const choice: PropertyWords["choice"] = (list, value) => {
    if (list === "language") return languages.of(value) ?? value;
    if (list === "country") return regions.of(value) ?? value;
    return find(`choice.${list}.${value}`, { defaultValue: value });
  };
  const field: PropertyWords["field"] = (path) => {
    const [first, language, name] = path.split(".");
    if (first === "texts" && language && name) return `${find(`text.${name}`)} (${languages.of(language)})`;
    const [section = "", ...rest] = path.split(".");
    const key = rest.length > 0 ? `field.${section}.${rest.join(".")}` : `field.${section}`;
    const word = find(section === "owner" ? key.replace("owner", "contact") : key, { defaultValue: path });
    return section === "owner" ? find("ofOwner", { field: word }) : word;
  };
  const value: PropertyWords["value"] = (path, what, currency) => {
    const known = fieldsByPath.get(path);
    if (known && typeof what === "boolean") return find(what ? "answer.yes" : "answer.no");
    if (known?.list && typeof what === "string") return choice(known.list, what);
    if (known?.list && Array.isArray(what)) {
      const list = known.list;
      return what.map((each) => choice(list, String(each))).join(", ");
    }
    if (known?.kind === "amount" && typeof what === "string")
      return format.money(
        Math.round(Number(what) * 10 ** format.decimals(currency ?? "EUR")),
        currency ?? "EUR",
      );
    if (known && typeof what === "number") return textOf(known, what, format);
    return inShort(what, (count) => find("pieces", { count }));
  };
  return { field, choice, value };
}

/** Names of fields and of what they may say; keys come from the catalogue of fields, so they are not typed. */
export function usePropertyWords(): PropertyWords {
  const { t } = useTranslation("properties");
  const format = useFormat();
  return useMemo(() => wordsBy(t as unknown as Find, format), [t, format]);
}
