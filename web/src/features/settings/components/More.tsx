import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "./Settings.module.css";

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

/** The next page of a list, where there is one. */
export function More({ query }: Props) {
  const { t } = useTranslation("shared");
  if (!query.hasNextPage) return null;
  return (
    <div className={css.body}>
      <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t("action.more")}
      </Button>
    </div>
  );
}
