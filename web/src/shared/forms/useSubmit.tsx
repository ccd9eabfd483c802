import { useState, type ReactNode } from "react";
import { asProblem, type Problem } from "@/shared/problems/problem";
import { FieldProblem } from "@/shared/problems/FieldProblem";

interface Submitting {
  busy: boolean;
  /** What went wrong and belongs to no field of `fields`. */
  problem?: Problem;
  /** What stands at a field, for the `error` of its input. */
  errorAt: (field: string) => ReactNode;
  /** Does it, and keeps what is thrown; gives whether it went well. */
  run: (action: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

/** One form's way to the server: busy while it is asked, a "no" at its field, everything else above the form. */
export function useSubmit(fields: string[] = []): Submitting {
  const [state, setState] = useState<{ busy: boolean; problem?: Problem }>({ busy: false });
  const { busy, problem } = state;
  const atFields = problem?.problems.filter((detail) => fields.includes(detail.field ?? "")) ?? [];
  const isAllTold =
    problem !== undefined && atFields.length > 0 && atFields.length === problem.problems.length;

  async function run(action: () => Promise<unknown>): Promise<boolean> {
    setState({ busy: true });
    try {
      await action();
      setState({ busy: false });
      return true;
    } catch (thrown) {
      setState({ busy: false, problem: asProblem(thrown) });
      return false;
    }
  }

  function errorAt(field: string): ReactNode {
    const found = atFields.filter((detail) => detail.field === field);
    if (found.length === 0) return undefined;
    return found.map((detail) => <FieldProblem key={detail.code} problem={detail} />);
  }

  return {
    busy,
    problem: isAllTold ? undefined : problem,
    errorAt,
    run,
    clear: () => setState({ busy: false }),
  };
}
