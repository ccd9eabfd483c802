import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/shared/ui/EmptyState";
import { To } from "@/shared/ui/To";

interface Props {
  from: "basket" | "catalogue";
  hasConnections: boolean;
  words: string | undefined;
}

/** Why there is no grid, and what makes one. */
export function Nothing({ from, hasConnections, words }: Props) {
  const { t } = useTranslation("publishing");
  if (!hasConnections) {
    return (
      <div className="sheet">
        <EmptyState
          title={t("empty.channel.title")}
          action={
            <Button component={To} to="/channels" search={{ connect: "ebay" }}>
              {t("empty.channel.action")}
            </Button>
          }
        >
          {t("empty.channel.text")}
        </EmptyState>
      </div>
    );
  }
  const reason = words ? "search" : from === "basket" ? "basket" : "listing";
  return (
    <div className="sheet">
      <EmptyState
        title={t(`empty.${reason}.title`)}
        action={
          <Button component={To} to="/listings" variant="default">
            {t("empty.toListings")}
          </Button>
        }
      >
        {t(`empty.${reason}.text`)}
      </EmptyState>
    </div>
  );
}
