import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { productQuery } from "@/features/listings/api/product";
import { asProblem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Product.module.css";

interface Props {
  error: unknown;
  listingId: string;
  /** Tries the same change again on the newer revision. */
  onInsist: () => void;
  onGiveIn: () => void;
}

/** A refused change; where somebody else changed the product meanwhile, both ways on are offered. */
export function ConflictNote({ error, listingId, onInsist, onGiveIn }: Props) {
  const { t } = useTranslation("listings");
  const queryClient = useQueryClient();
  if (!error) return null;
  const problem = asProblem(error);
  if (problem.status !== 412) return <ProblemNote problem={problem} />;
  const read = () => queryClient.refetchQueries({ queryKey: productQuery(listingId).queryKey });
  return (
    <ProblemNote
      problem={problem}
      action={
        <span className={css.sides}>
          <Button size="xs" variant="default" onClick={() => void read().then(onGiveIn)}>
            {t("conflict.theirs")}
          </Button>
          <Button size="xs" onClick={() => void read().then(onInsist)}>
            {t("conflict.mine")}
          </Button>
        </span>
      }
    />
  );
}
