import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/format";
import { ProofBar, ProofLegend, type Share } from "@/shared/states/ProofBar";
import { To } from "@/shared/ui/To";
import css from "./JobCard.module.css";

interface Props {
  title: string;
  /** Cause, rate, end: whatever is known. */
  facts: ReactNode;
  done: number;
  total: number;
  shares: Share[];
  /** Where its results stand one by one. */
  to?: string;
  onPause?: () => void;
  onResume?: () => void;
  onCancel?: () => void;
}

/** Long work: a bar in segments, what came of it so far, and the ways to stop it. */
export function JobCard({ title, facts, done, total, shares, to, onPause, onResume, onCancel }: Props) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const heading = useId();
  const numbers = { done: format.number(done), total: format.number(total) };
  return (
    <section className={`sheet ${css.job}`} aria-labelledby={heading}>
      <div className={css.head}>
        <div className="grow">
          <h2 id={heading}>{title}</h2>
          <p className="dim small">{facts}</p>
        </div>
        <b className={css.count}>
          {numbers.done} <span className="dim">{t("job.of", { total: numbers.total })}</span>
        </b>
        <span className="row">
          {onPause && (
            <Button variant="default" size="xs" leftSection={<IconPlayerPause size={14} />} onClick={onPause}>
              {t("job.pause")}
            </Button>
          )}
          {onResume && (
            <Button variant="default" size="xs" leftSection={<IconPlayerPlay size={14} />} onClick={onResume}>
              {t("job.resume")}
            </Button>
          )}
          {onCancel && (
            <Button variant="default" size="xs" leftSection={<IconX size={14} />} onClick={onCancel}>
              {t("job.cancel")}
            </Button>
          )}
        </span>
      </div>
      <ProofBar shares={shares} height={12} label={t("job.progress", numbers)} />
      <div className={css.foot}>
        <ProofLegend shares={shares} />
        {to && (
          <To className="link small end" to={to}>
            {t("job.results")}
          </To>
        )}
      </div>
    </section>
  );
}
