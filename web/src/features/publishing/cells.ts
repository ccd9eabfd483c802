import type { PreflightRow, PublicationOut } from "@/api/types.gen";
import type { ProblemDetail } from "@/shared/problems/problem";
import { withAge } from "@/shared/states/proven";

/** What one listing on one connection comes to. */
export interface GridCell {
  /** A state of the vocabulary; `ready`: nothing stands in the way of sending it. */
  state: string;
  problems: ProblemDetail[];
  /** Whether sending it would do something. */
  sendable: boolean;
  publication?: PublicationOut;
}

const over = ["withdrawn", "ended"];

/** Problems that stop it, not those that are only shown. */
export const blocking = (problems: ProblemDetail[]) =>
  problems.filter((problem) => problem.severity === "error");

/** One cell: what is there already, or else what preflight says of it. */
export function cellOf(
  publication: PublicationOut | undefined,
  preflight: PreflightRow | undefined,
  now: number,
): GridCell | undefined {
  const listed = publication && publication.wanted === "live" && !over.includes(publication.state);
  const found = preflight?.problems ?? [];
  if (listed) {
    const problems = publication.problems.length > 0 ? publication.problems : publication.warnings;
    const state = withAge(publication.state, publication.proved_at, publication.fresh_for_seconds, now);
    const refused = ["rejected", "in_doubt"].includes(state);
    return {
      state,
      problems: refused && blocking(found).length > 0 ? found : problems,
      sendable: state === "rejected" && blocking(found).length === 0,
      publication,
    };
  }
  if (!preflight)
    return publication && { state: publication.state, problems: [], sendable: false, publication };
  if (blocking(found).length > 0) return { state: "problem", problems: found, sendable: false, publication };
  const waits = found.some((problem) => problem.severity === "waiting");
  return { state: waits ? "waiting" : "ready", problems: found, sendable: true, publication };
}
