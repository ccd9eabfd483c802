import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ProblemDetail } from "@/shared/problems/problem";
import { useProblemWords } from "@/shared/problems/words";
import { DefaultFix } from "@/shared/publications/DefaultFix";
import { placeOf } from "@/shared/publications/place";
import { To } from "@/shared/ui/To";
import css from "./ProblemCard.module.css";

interface Props {
  problem: ProblemDetail;
  listingId: string;
  connectionId: string;
  /** The brand of the listing, where a default may be for that brand alone. */
  brand?: string;
}

/** One problem: the field in plain words, the code, a fix at a press where there is one, and the way to the field. */
export function ProblemCard({ problem, listingId, connectionId, brand }: Props) {
  const { t } = useTranslation("shared");
  const words = useProblemWords();
  const { title, text } = words(problem);
  const fix = problem.fix ?? "";
  const field = problem.field ?? "";
  const place = placeOf(field, fix, listingId, connectionId);
  const toChannel = place.to === "/channels";
  const sku = typeof problem.params?.sku === "string" ? problem.params.sku : undefined;
  return (
    <li className={css.problem} data-severity={problem.severity}>
      <h3>{title}</h3>
      {text && <p>{text}</p>}
      {sku && <p>{t("fix.variant", { sku })}</p>}
      <p className="dim caption">{problem.code}</p>
      {fix.startsWith("default:") && <DefaultFix problem={problem} brand={brand} />}
      {problem.severity !== "waiting" && (
        <Button
          component={To}
          to={place.to}
          search={place.search}
          size="xs"
          variant="default"
          rightSection={<IconArrowRight size={14} />}
        >
          {toChannel ? t("fix.toChannel") : t("action.toField")}
        </Button>
      )}
    </li>
  );
}
