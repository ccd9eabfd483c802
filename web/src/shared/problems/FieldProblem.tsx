import { IconArrowsDiff, IconHandStop } from "@tabler/icons-react";
import type { ProblemDetail } from "@/shared/problems/problem";
import { useProblemWords } from "@/shared/problems/words";
import css from "./ProblemNote.module.css";

/** A "no" at its field, in plum and in words; the code is in the title, never alone. */
export function FieldProblem({ problem }: { problem: ProblemDetail }) {
  const words = useProblemWords();
  const { title, text } = words(problem);
  return (
    <span className={css.field} title={problem.code}>
      <IconHandStop size={14} stroke={1.9} aria-hidden />
      <span>{text ? `${title}. ${text}` : title}</span>
    </span>
  );
}

/** A channel shows another value than we sent: amber, at the field. */
export function FieldDiffers({ children }: { children: string }) {
  return (
    <span className={css.field} data-severity="differs">
      <IconArrowsDiff size={14} stroke={1.9} aria-hidden />
      <span>{children}</span>
    </span>
  );
}
