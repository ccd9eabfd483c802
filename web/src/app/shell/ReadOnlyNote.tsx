import { IconEye } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useRights } from "@/shared/auth/rights";
import css from "./Shell.module.css";

/** Said once, above every page: who only reads need not find out by a refusal. */
export function ReadOnlyNote() {
  const { t } = useTranslation("app");
  const { role } = useRights();
  if (role !== "read_only") return null;
  return (
    <p className={css.readOnly}>
      <IconEye size={16} stroke={1.7} aria-hidden />
      <span>{t("readOnly")}</span>
    </p>
  );
}
