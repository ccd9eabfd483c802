import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { revisionQuery } from "@/features/listings/api/product";
import { changesBetween, type Change, type Snapshot } from "@/features/listings/snapshots";
import { useFieldWords } from "@/features/listings/useFieldWords";
import { useFormat } from "@/shared/format/format";
import { Replacements } from "@/shared/history/History";
import { marketplaceOf } from "@/shared/states/channels";

const shown = 6;

function useChangeName(): (change: Change) => string {
  const fieldWords = useFieldWords();
  return ({ field, of }) => [fieldWords([field])[0], marketplaceOf(of)].filter(Boolean).join(" ");
}

/** What a revision changed, old and new; only the names of the fields until both revisions are here. */
export function RevisionChanges({
  listingId,
  number,
  changed,
}: {
  listingId: string;
  number: number;
  changed: string[];
}) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const fieldWords = useFieldWords();
  const nameOf = useChangeName();
  const [all, setAll] = useState(false);
  const enabled = changed.length > 0 && number > 1;
  const after = useQuery({ ...revisionQuery(listingId, number), enabled });
  const before = useQuery({ ...revisionQuery(listingId, number - 1), enabled });
  if (!before.data || !after.data)
    return changed.length > 0 ? <p className="small">{format.list(fieldWords(changed))}</p> : null;
  const translate = t as unknown as (key: string, options?: object) => string;
  const changes = changesBetween(
    before.data.snapshot as unknown as Snapshot,
    after.data.snapshot as unknown as Snapshot,
    {
      money: format.money,
      condition: (value) => translate(`condition.${value}`, { ns: "shared", defaultValue: value }),
      status: (value) => translate(`status.${value}`, { defaultValue: value }),
    },
  );
  const list = changes.map((change) => ({ name: nameOf(change), from: change.from, to: change.to }));
  return (
    <>
      <Replacements changes={all ? list : list.slice(0, shown)} />
      {!all && list.length > shown && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t("history.more", { count: list.length - shown, number: format.number(list.length - shown) })}
        </Button>
      )}
    </>
  );
}
