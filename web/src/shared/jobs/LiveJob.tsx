import type { JobOut } from "@/api/types.gen";
import { isOver, sharesOf, useCancelJob, usePauseJob, useResumeJob } from "@/shared/jobs/job";
import { JobCard } from "@/shared/jobs/JobCard";
import { useJobWords } from "@/shared/jobs/useJobWords";

/** A job's card with the ways to hold it, let it go on and end it. */
export function LiveJob({ job, to = `/jobs/${job.id}` }: { job: JobOut; to?: string }) {
  const words = useJobWords();
  const cancel = useCancelJob();
  const pause = usePauseJob();
  const resume = useResumeJob();
  const { title, facts } = words(job);
  const held = job.status === "paused" || job.wish === "pause";
  const over = isOver(job);
  return (
    <JobCard
      title={title}
      facts={facts}
      done={job.done}
      total={job.total}
      shares={sharesOf(job)}
      to={to}
      onPause={over || held ? undefined : () => pause.mutate(job.id)}
      onResume={held && !over ? () => resume.mutate(job.id) : undefined}
      onCancel={over ? undefined : () => cancel.mutate(job.id)}
    />
  );
}
