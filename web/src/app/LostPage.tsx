import { Button } from "@mantine/core";
import { To } from "@/shared/ui/To";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/shared/ui/EmptyState";
import { PageHeader } from "@/shared/ui/PageHeader";

/** No such address. */
export function LostPage() {
  const { t } = useTranslation("app");
  return (
    <>
      <PageHeader title={t("lost.title")} />
      <EmptyState
        title="404"
        action={
          <Button component={To} to="/today">
            {t("lost.home")}
          </Button>
        }
      >
        {t("lost.text")}
      </EmptyState>
    </>
  );
}
