import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconRefresh, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CategoryOut } from "@/api/types.gen";
import { categoriesQuery } from "@/features/listings/api/categories";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Product.module.css";

interface Props {
  connectionId: string;
  /** The marketplace, as people call it. */
  place: string;
  chosen: string | undefined;
  onPick: (category: CategoryOut) => void;
}

/** Finds a category by words or by its number: what is kept shows at once, the channel's own answer follows. */
export function CategorySearch({ connectionId, place, chosen, onPick }: Props) {
  const { t } = useTranslation("listings");
  const [words, setWords] = useState("");
  const [wanted] = useDebouncedValue(words.trim(), 350);
  const { data, error, refetch, isFetching } = useQuery({
    ...categoriesQuery(connectionId, wanted),
    enabled: wanted.length > 1,
  });
  const waits = data !== undefined && !data.asked && isFetching;
  const silent = data !== undefined && !data.asked && !isFetching && !error;
  return (
    <div className={css.search}>
      <TextInput
        autoFocus
        size="sm"
        aria-label={t("category.search", { marketplace: place })}
        placeholder={t("category.searchHint")}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={words}
        maxLength={100}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {error && <ProblemNote problem={error} onRetry={() => void refetch()} />}
      {wanted.length > 1 && !data && !error && <LedgerSkeleton rows={3} />}
      {data && data.items.length > 0 && (
        <ul className={css.found} aria-label={t("category.found")}>
          {data.items.map((category) => (
            <li key={category.category_id}>
              <div className="grow">
                <p className="medium small">{category.name}</p>
                <p className="dim caption">{category.path.join(" › ")}</p>
              </div>
              <Button
                size="xs"
                variant="default"
                disabled={category.category_id === chosen}
                aria-label={t("category.pickNamed", { name: category.name })}
                onClick={() => onPick(category)}
              >
                {t(category.category_id === chosen ? "category.picked" : "category.pick")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p className="dim caption" aria-live="polite">
        {waits && t("category.asking")}
        {data?.asked && data.items.length === 0 && t("category.nothing", { words: wanted })}
        {silent && t("category.silent")}
      </p>
      {silent && (
        <span>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={() => void refetch()}
          >
            {t("category.askAgain")}
          </Button>
        </span>
      )}
    </div>
  );
}
