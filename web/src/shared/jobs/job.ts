import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { cancelJob, getJob, pauseJob, repeatJob, resumeJob } from "@/api/sdk.gen";
import type { JobOut } from "@/api/types.gen";
import type { Share } from "@/shared/states/ProofBar";

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ["jobs", "one", id],
    queryFn: ({ signal }) => getJob({ path: { job_id: id }, signal }),
  });

function useJobAct(act: (id: string) => Promise<JobOut>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["jobs"] }),
  });
}

export const useCancelJob = () => useJobAct((id) => cancelJob({ path: { job_id: id } }));
export const usePauseJob = () => useJobAct((id) => pauseJob({ path: { job_id: id } }));
export const useResumeJob = () => useJobAct((id) => resumeJob({ path: { job_id: id } }));

export const useRepeatJob = () => useJobAct((id) => repeatJob({ path: { job_id: id } }));

export const isOver = (job: JobOut): boolean => job.status === "done";

/** Where a job is and what came of it, as one state of the vocabulary. */
export function stateOf(job: JobOut): string {
  if (job.status === "done") {
    if (job.outcome === "succeeded") return "done";
    return job.outcome === "cancelled" ? "cancelled" : "failed";
  }
  if (job.status === "paused" || job.wish === "pause") return "paused";
  if (job.status === "waiting" && job.problem) return "unreachable";
  return job.leased_at ? "running" : "waiting";
}

/** States that only a read-back, an answer or an exercised right brings about. */
const proofs = ["live", "callable", "expiring", "proven", "told"];

/** Whether all that came of a finished job was proven; done alone is not green. */
export function isProven(job: JobOut): boolean {
  const told = Object.entries(job.tallies).filter(([, count]) => count > 0);
  return stateOf(job) === "done" && told.length > 0 && told.every(([state]) => proofs.includes(state));
}

/** How many things of a job ended with a no. */
export const refusalsOf = ({ tallies }: JobOut): number =>
  (tallies.rejected ?? 0) + (tallies.refused ?? 0) + (tallies.failed ?? 0);

/** Proven first, then what is on its way, then what needs a hand, then what is left. */
const order = [
  "live",
  "callable",
  "proven",
  "created",
  "updated",
  "unchanged",
  "done",
  "differs",
  "sent",
  "rejected",
  "refused",
  "failed",
  "login_needed",
  "in_doubt",
  "unreachable",
  "retry",
  "waiting",
];

/** The bar's segments: the tallies in their order, and whatever is still to come. */
export function sharesOf(job: JobOut): Share[] {
  const rank = (state: string) => (order.includes(state) ? order.indexOf(state) : order.length);
  const told = Object.entries(job.tallies)
    .map(([state, count]) => ({ state, count }))
    .toSorted((a, b) => rank(a.state) - rank(b.state));
  const sum = told.reduce((all, share) => all + share.count, 0);
  if (sum === 0 && job.total === 0) return [{ state: isOver(job) ? stateOf(job) : "wanted", count: 1 }];
  const plain = sum === 0 && job.done > 0 ? [{ state: "done", count: job.done }] : [];
  const rest = Math.max(0, job.total - sum - (plain[0]?.count ?? 0));
  return [...told, ...plain, ...(rest > 0 ? [{ state: "wanted", count: rest }] : [])];
}

/** How many are done per minute, and when the rest will be; nothing before there is enough to tell. */
export function paceOf(job: JobOut, now: number): { perMinute: number; endsAt: Date } | undefined {
  if (isOver(job) || job.done < 5 || job.total === 0 || !job.leased_at) return undefined;
  const minutes = (now - new Date(job.created_at).getTime()) / 60_000;
  if (minutes <= 0) return undefined;
  const perMinute = job.done / minutes;
  return {
    perMinute: Math.round(perMinute),
    endsAt: new Date(now + ((job.total - job.done) / perMinute) * 60_000),
  };
}
