import i18n from "i18next";
import { useTranslation } from "react-i18next";
import type { Problem, ProblemDetail } from "@/shared/problems/problem";

/** Params become text: lists are joined, so that a sentence can say „Marke, Farbe“, and a right names its roles. */
function readable(params: Record<string, unknown> = {}): Record<string, unknown> {
  const entries = Object.entries(params).map(([name, value]) => {
    if (name === "needs") return [name, find(`forbidden.needs.${String(value)}`) ?? value];
    return [name, Array.isArray(value) ? value.join(", ") : value];
  });
  return Object.fromEntries(entries);
}

/** Keys come from the server, so they are looked up and not typed. */
function find(key: string, params?: Record<string, unknown>): string | undefined {
  const full = `problems:${key}`;
  if (!i18n.exists(full)) return undefined;
  const translate = i18n.t as unknown as (key: string, options?: object) => string;
  const words = translate(full, readable(params));
  return typeof words === "string" ? words : undefined;
}

export interface ProblemWords {
  title: string;
  /** What it means and what to do; absent where the title says it all. */
  text?: string;
}

/** A problem in the reader's language by its code; the server's sentence where we have no words for it. */
export function problemWords(problem: ProblemDetail | Problem): ProblemWords {
  const title = find(`${problem.code}.title`, problem.params) ?? find(problem.code, problem.params);
  const text = find(`${problem.code}.text`, problem.params);
  if (title) return { title, text };
  // A form's check has more kinds than words; that it can't be is what all of them say.
  const value = problem.code.startsWith("invalid.") ? find("invalid.value.title") : undefined;
  if (value) return { title: value };
  return { title: problem.message || (find("client.unreadable.title") ?? problem.code) };
}

/** The same as a hook: the component follows a change of language. */
export function useProblemWords(): (problem: ProblemDetail | Problem) => ProblemWords {
  useTranslation();
  return problemWords;
}
