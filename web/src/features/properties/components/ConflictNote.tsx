import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getProperty } from "@/api/sdk.gen";
import type { PropertyPatch } from "@/api/types.gen";
import { propertyQuery } from "@/features/properties/api/property";
import { usePropertyWords } from "@/features/properties/usePropertyWords";
import { saidBy, valueAt } from "@/features/properties/values";
import { useFormat } from "@/shared/format/format";
import { useActorWords } from "@/shared/jobs/useJobWords";
import { BothValues } from "@/shared/problems/BothValues";
import { asProblem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Property.module.css";

interface Props {
  error: unknown;
  propertyId: string;
  /** What was refused; where it is one value, both are shown. */
  mine?: PropertyPatch;
  /** Tries the same change again on the newer revision. */
  onInsist: () => void;
  onGiveIn: () => void;
}

/** A refused change; where somebody else changed the property meanwhile, both ways on are offered. */
export function ConflictNote({ error, propertyId, mine, onInsist, onGiveIn }: Props) {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const words = usePropertyWords();
  const actorWords = useActorWords();
  const queryClient = useQueryClient();
  const problem = error ? asProblem(error) : undefined;
  const isConflict = problem?.status === 412;
  // Not the property that is shown: what was typed would vanish under the hand.
  const { data: theirs } = useQuery({
    queryKey: ["conflicts", propertyId, problem?.at.getTime()],
    queryFn: ({ signal }) => getProperty({ path: { property_id: propertyId }, signal }),
    enabled: isConflict && mine !== undefined,
    gcTime: 0,
  });
  if (!problem) return null;
  if (!isConflict) return <ProblemNote problem={problem} />;
  const read = () => queryClient.refetchQueries({ queryKey: propertyQuery(propertyId).queryKey });
  const insist = () => void read().then(onInsist);
  const giveIn = () => void read().then(onGiveIn);
  const one = mine && saidBy(mine);
  if (one && theirs) {
    const by = actorWords({ ...theirs.updated_by });
    const show = (value: unknown) =>
      words.value(one.path, value, theirs.prices?.currency) || t("conflict.empty");
    return (
      <BothValues
        title={t("conflict.title", { by, field: words.field(one.path) })}
        mine={{ label: t("conflict.yours"), value: show(one.value), onTake: insist }}
        theirs={{
          label: t("conflict.of", { by, revision: theirs.revision }),
          value: show(valueAt(theirs, one.path)),
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
