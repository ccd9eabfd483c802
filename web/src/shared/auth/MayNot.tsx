import { IconEye } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useRights, type Right } from "@/shared/auth/rights";

/** Why a page shows no buttons to somebody, and which role has them; nothing to everybody else. */
export function MayNot({ right }: { right: Right }) {
  const { t } = useTranslation("shared");
  if (useRights()[right]) return null;
  return (
    <p className="row small ink2" role="note">
      <IconEye size={16} aria-hidden />
      {t(`may.${right}`)}
    </p>
  );
}
