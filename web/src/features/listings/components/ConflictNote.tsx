import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getListing } from "@/api/sdk.gen";
import type { ProductBody } from "@/api/types.gen";
import { productQuery } from "@/features/listings/api/product";
import { disagreements } from "@/features/listings/disagreements";
import { useFieldWords } from "@/features/listings/useFieldWords";
import { useFormat } from "@/shared/format/format";
import { useActorWords } from "@/shared/jobs/useJobWords";
import { BothValues } from "@/shared/problems/BothValues";
import { asProblem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Product.module.css";

interface Props {
  error: unknown;
  listingId: string;
  /** What was refused; where it is one value, both are shown. */
  mine?: ProductBody;
  /** Tries the same change again on the newer revision. */
  onInsist: () => void;
  onGiveIn: () => void;
}

/** A refused change; where somebody else changed the product meanwhile, both ways on are offered. */
export function ConflictNote({ error, listingId, mine, onInsist, onGiveIn }: Props) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const actorWords = useActorWords();
  const fieldWords = useFieldWords();
  const queryClient = useQueryClient();
  const problem = error ? asProblem(error) : undefined;
  const isConflict = problem?.status === 412;
  // Not the product that is shown: what was typed would vanish under the hand.
  const { data: theirs } = useQuery({
    queryKey: ["conflicts", listingId, problem?.at.getTime()],
    queryFn: ({ signal }) => getListing({ path: { listing_id: listingId }, signal }),
    enabled: isConflict && mine !== undefined,
    gcTime: 0,
  });
  if (!problem) return null;
  if (!isConflict) return <ProblemNote problem={problem} />;
  const read = () => queryClient.refetchQueries({ queryKey: productQuery(listingId).queryKey });
  const insist = () => void read().then(onInsist);
  const giveIn = () => void read().then(onGiveIn);
  const [one, ...others] = mine && theirs ? disagreements(mine, theirs) : [];
  if (one && theirs && others.length === 0) {
    const by = actorWords({ ...theirs.updated_by });
    const field = fieldWords([one.field])[0] ?? one.field;
    return (
      <BothValues
        title={t("conflict.title", { by, field })}
        mine={{ label: t("conflict.yours"), value: one.mine || t("conflict.empty"), onTake: insist }}
        theirs={{
          label: t("conflict.of", { by, revision: theirs.revision }),
          value: one.theirs || t("conflict.empty"),
          onTake: giveIn,
        }}
        code={`${problem.status} · ${problem.code}`}
      >
        {t("conflict.text", { time: format.time(new Date(theirs.updated_at)) })}
      </BothValues>
    );
  }
  return (
    <ProblemNote
      problem={problem}
      action={
        <span className={css.sides}>
          <Button size="xs" variant="default" onClick={giveIn}>
            {t("conflict.theirs")}
          </Button>
          <Button size="xs" onClick={insist}>
            {t("conflict.mine")}
          </Button>
        </span>
      }
    />
  );
}
