import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconLinkOff, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { foundPropertiesQuery, propertyQuery } from "@/features/enquiries/api/enquiries";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Thumb } from "@/shared/ui/Thumb";
import { To } from "@/shared/ui/To";
import css from "./Enquiries.module.css";

interface Props {
  listingId: string | null;
  /** Says which property is meant, or that nobody knows; absent for who may only read. */
  onBind?: (id: string | null) => void;
}

const pauseMilliseconds = 200;

/** The property that is meant, or the search for it. */
export function PropertyOf({ listingId, onBind }: Props) {
  const { t } = useTranslation("enquiries");
  if (listingId) return <Bound id={listingId} onLoose={onBind && (() => onBind(null))} />;
  return (
    <>
      <p className="small">{t("notFound")}</p>
      {onBind && <Search onPick={onBind} />}
    </>
  );
}

function Bound({ id, onLoose }: { id: string; onLoose?: () => void }) {
  const { t } = useTranslation("enquiries");
  const { data, error } = useQuery(propertyQuery(id));
  if (error && !data) return <ProblemNote problem={error} />;
  const thumb = data?.pictures.find((picture) => picture.media)?.media?.small;
  return (
    <div className={css.property}>
      <Thumb src={thumb} width={56} height={48} />
      <span className="grow col">
        <To className="medium clip" to={`/properties/${id}`}>
          {data ? data.title || data.reference : "…"}
        </To>
        <span className="dim caption clip">
          {data &&
            [data.reference, data.address?.postal_code, data.address?.city].filter(Boolean).join(" · ")}
        </span>
      </span>
      {onLoose && (
        <Button size="compact-xs" variant="subtle" leftSection={<IconLinkOff size={14} />} onClick={onLoose}>
          {t("loose")}
        </Button>
      )}
    </div>
  );
}

function Search({ onPick }: { onPick: (id: string) => void }) {
  const { t } = useTranslation("enquiries");
  const [typed, setTyped] = useState("");
  const [words] = useDebouncedValue(typed.trim(), pauseMilliseconds);
  const { data } = useQuery({ ...foundPropertiesQuery(words), placeholderData: keepPreviousData });
  return (
    <>
      <TextInput
        size="xs"
        label={t("search")}
        leftSection={<IconSearch size={15} />}
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ul
        className="col"
        style={{ listStyle: "none", margin: 0, padding: 0, gap: 8 }}
        aria-label={t("found")}
      >
        {data?.map((row) => (
          <li key={row.id} className={css.property}>
            <Thumb src={row.thumb} />
            <span className="grow col">
              <span className="small medium clip">{row.title || row.reference}</span>
              <span className="dim caption clip">
                {[row.reference, row.postal_code, row.city].filter(Boolean).join(" · ")}
              </span>
            </span>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t("bindTo", { name: row.title || row.reference })}
              onClick={() => onPick(row.id)}
            >
              {t("bind")}
            </Button>
          </li>
        ))}
      </ul>
      {data?.length === 0 && <p className="dim small">{t("nothingFound")}</p>}
    </>
  );
}
