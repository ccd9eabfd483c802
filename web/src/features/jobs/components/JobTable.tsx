import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { JobOut } from "@/api/types.gen";
import { useFormat } from "@/shared/format/format";
import { isOver, sharesOf, stateOf, useCancelJob, usePauseJob, useResumeJob } from "@/shared/jobs/job";
import { useJobWords } from "@/shared/jobs/useJobWords";
import { ProofBar } from "@/shared/states/ProofBar";
import { StateText, useStateWord } from "@/shared/states/Chip";
import css from "./Jobs.module.css";

interface Props {
  jobs: JobOut[];
  current?: string;
  onOpen: (id: string) => void;
}

function Actions({ job }: { job: JobOut }) {
  const { t } = useTranslation("shared");
  const cancel = useCancelJob();
  const pause = usePauseJob();
  const resume = useResumeJob();
  if (isOver(job)) return null;
  const held = job.status === "paused" || job.wish === "pause";
  return (
    <span className={css.actions}>
      {held ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerPlay size={14} />}
          onClick={() => resume.mutate(job.id)}
        >
          {t("job.resume")}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("job.pause")}
          onClick={() => pause.mutate(job.id)}
        >
          <IconPlayerPause size={15} />
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t("job.cancel")}
        onClick={() => cancel.mutate(job.id)}
      >
        <IconX size={15} />
      </Button>
    </span>
  );
}

function Row({ job, current, onOpen }: { job: JobOut; current: boolean; onOpen: () => void }) {
  const { t } = useTranslation("jobs");
  const format = useFormat();
  const words = useJobWords();
  const stateWord = useStateWord();
  const state = stateOf(job);
  const { title, facts } = words(job);
  const bad = (job.tallies.rejected ?? 0) + (job.tallies.refused ?? 0);
  const numbers =
    job.total > 0 ? `${format.number(job.done)} / ${format.number(job.total)}` : stateWord(state);
  const says =
    state === "unreachable"
      ? t("again", { time: format.time(new Date(job.run_at)) })
      : state === "done" && bad > 0
        ? t("doneWithNo", { count: bad })
        : undefined;
  return (
    <tr aria-selected={current} className={css.tr}>
      <td className={css.name}>
        <button className={css.open} onClick={onOpen}>
          <span className="medium clip">{title}</span>
        </button>
        <span className="dim caption clip" style={{ display: "block" }}>
          {facts}
        </span>
      </td>
      <td>
        <StateText state={state}>{says}</StateText>
      </td>
      <td>
        <div className={css.prog}>
          <ProofBar shares={sharesOf(job)} height={8} label={numbers} />
          <span className="caption dim nowrap">{numbers}</span>
        </div>
      </td>
      <td className="small ink2">{t(`lane.${job.lane}`)}</td>
      <td className="num">
        <Actions job={job} />
      </td>
    </tr>
  );
}

export function JobTable({ jobs, current, onOpen }: Props) {
  const { t } = useTranslation("jobs");
  return (
    <section className={`sheet ${css.list}`} role="region" aria-label={t("title")} tabIndex={0}>
      <table className="ledger">
        <thead>
          <tr>
            {(["job", "state", "progress", "lane"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="vh">{t("column.action")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <Row key={job.id} job={job} current={job.id === current} onOpen={() => onOpen(job.id)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
