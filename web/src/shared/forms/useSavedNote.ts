import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/format";

interface Saving {
  isPending: boolean;
  isSuccess: boolean;
  submittedAt: number;
}

/** When the last change was kept, or that one is under way. */
export function useSavedNote(save: Saving): string | undefined {
  const { t } = useTranslation("shared");
  const format = useFormat();
  if (save.isPending) return t("saving");
  return save.isSuccess ? t("saved", { time: format.time(new Date(save.submittedAt)) }) : undefined;
}
