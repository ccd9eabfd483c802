import { useTranslation } from "react-i18next";
import type { JobOut } from "@/api/types.gen";
import { JobActions } from "@/features/jobs/components/JobActions";
import { useFormat } from "@/shared/format/format";
import { isProven, refusalsOf, sharesOf, stateOf } from "@/shared/jobs/job";
import { useJobWords } from "@/shared/jobs/useJobWords";
import { ProofBar } from "@/shared/states/ProofBar";
import { StateText, useStateWord } from "@/shared/states/Chip";
import css from "./Jobs.module.css";

interface Props {
  jobs: JobOut[];
  current?: string;
  onOpen: (id: string) => void;
}

function Row({ job, current, onOpen }: { job: JobOut; current: boolean; onOpen: () => void }) {
  const { t } = useTranslation("jobs");
  const format = useFormat();
  const words = useJobWords();
  const stateWord = useStateWord();
  const state = stateOf(job);
  const { title, facts } = words(job);
  const refusals = state === "done" ? refusalsOf(job) : 0;
  const numbers =
    job.total > 0 ? `${format.number(job.done)} / ${format.number(job.total)}` : stateWord(state);
  const says =
    state === "unreachable"
      ? t("again", { time: format.time(new Date(job.run_at)) })
      : refusals > 0
        ? t("doneWithNo", { count: refusals })
        : isProven(job)
          ? stateWord("done")
          : undefined;
  const shown = refusals > 0 ? "rejected" : isProven(job) ? "proven" : state;
  return (
    <tr aria-selected={current} className={css.tr}>
      <td className={css.name}>
        <button className={css.open} aria-expanded={current} onClick={onOpen}>
          <span className="medium clip">{title}</span>
        </button>
        <span className="dim caption clip" style={{ display: "block" }}>
          {[job.note, facts].filter(Boolean).join(" · ")}
        </span>
      </td>
      <td>
        <StateText state={shown}>{says}</StateText>
      </td>
      <td>
        <div className={css.prog}>
          <ProofBar shares={sharesOf(job)} height={8} label={numbers} />
          <span className="caption dim nowrap">{numbers}</span>
        </div>
      </td>
      <td className="small ink2">{t(`lane.${job.lane}`)}</td>
      <td className="num">
        <JobActions job={job} title={title} />
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
