import i18n from "i18next";
import { useTranslation } from "react-i18next";

/** What a column can be taken for, in words; targets come from the server, so they are looked up and not typed. */
export function useTargetWords(): (target: string) => string {
  const { t } = useTranslation("imports");
  return (target) => {
    const aspect = /^aspect:(.+)$/.exec(target)?.[1];
    if (aspect) return t("target.aspect", { name: aspect });
    const option = /^option(\d+)_(name|value)$/.exec(target);
    if (option)
      return t(option[2] === "name" ? "target.optionName" : "target.optionValue", { number: option[1] });
    const key = `imports:target.${target.replace("structure:", "structure_")}`;
    const translate = i18n.t as unknown as (key: string) => string;
    return i18n.exists(key) ? translate(key) : target;
  };
}
