import { Button } from "@mantine/core";
import { IconCloudOff, IconHandStop, IconLock, IconRefresh, IconShieldLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/format";
import { NoAccess } from "@/shared/problems/NoAccess";
import { asProblem, type Problem } from "@/shared/problems/problem";
import { useProblemWords } from "@/shared/problems/words";
import { tone } from "@/shared/states/tone";
import type { Tone } from "@/shared/theme/tokens";
import css from "./ProblemNote.module.css";

/** Refused, out of reach and a "no" are three outcomes and look like three. */
function looks(problem: Problem) {
  if (problem.status === 401) return { tone: "refused", Icon: IconLock } as const;
  if (problem.status === 403) return { tone: "refused", Icon: IconShieldLock } as const;
  if (problem.status === 0 || problem.status >= 500) return { tone: "outage", Icon: IconCloudOff } as const;
  return { tone: "no", Icon: IconHandStop } as const;
}

interface Props {
  problem: unknown;
  onRetry?: () => void;
  action?: ReactNode;
}

/** What happened, what it means, the next step, code and time; in place, never in a toast. */
export function ProblemNote({ problem: thrown, onRetry, action }: Props) {
  const { t } = useTranslation("shared");
  const words = useProblemWords();
  const format = useFormat();
  const problem = asProblem(thrown);
  // What may not be read is no more readable at the next try.
  if (problem.status === 403 && onRetry) return <NoAccess problem={problem} />;
  const { title, text } = words(problem);
  const look: { tone: Tone; Icon: typeof IconLock } = looks(problem);
  const code = [problem.status || undefined, problem.code, problem.requestId, format.seconds(problem.at)];
  return (
    <section className={css.note} style={tone(look.tone)} data-tone={look.tone} role="alert">
      <h2>
        <look.Icon size={18} stroke={1.8} aria-hidden />
        {title}
      </h2>
      {text && <p>{text}</p>}
      {problem.problems.length > 0 && (
        <ul>
          {problem.problems.map((detail) => (
            <li key={detail.code + (detail.field ?? "")}>{words(detail).title}</li>
          ))}
        </ul>
      )}
      <footer>
        <span className="caption">{code.filter(Boolean).join(" · ")}</span>
        <span className={css.actions}>
          {onRetry && problem.status !== 410 && (
            <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
              {t("action.reload")}
            </Button>
          )}
          {action}
        </span>
      </footer>
    </section>
  );
}
