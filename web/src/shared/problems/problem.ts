/** One thing that is wrong, at one place: what a form, a row or a listing shows. */
export interface ProblemDetail {
  code: string;
  /** The server's own sentence, in English: what is shown where we have no words for the code. */
  message: string;
  /** Dotted path, e.g. `variants.0.price`; empty where the whole is meant. */
  field?: string;
  params?: Record<string, unknown>;
  /** An action that the interface can offer, e.g. `defaults.aspect:Marke`. */
  fix?: string;
  severity?: string;
}

/** A refused or failed request: an RFC 9457 problem document, or what stands for one when none came. */
export class Problem extends Error {
  readonly at = new Date();

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly params: Record<string, unknown> = {},
    readonly problems: ProblemDetail[] = [],
    readonly requestId?: string,
  ) {
    super(message);
    this.name = "Problem";
  }
}

interface Document {
  code?: string;
  title?: string;
  detail?: string;
  status?: number;
  params?: Record<string, unknown>;
  problems?: ProblemDetail[];
}

/** Reads the problem document of an answer; an answer without one (a proxy's, a crash) gets a code of ours. */
export function problemFrom(body: unknown, status: number, requestId?: string): Problem {
  if (typeof body === "object" && body !== null && "code" in body) {
    const document = body as Document;
    return new Problem(
      document.code ?? "internal",
      document.status ?? status,
      document.detail ?? document.title ?? "",
      document.params,
      document.problems,
      requestId,
    );
  }
  const code = status === 504 || status === 503 || status === 502 ? "client.timeout" : "client.unreadable";
  return new Problem(code, status, "", {}, [], requestId);
}

/** Whatever was thrown, as a problem: no answer at all is a lost connection, and the rest is our own fault. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof TypeError) return new Problem("client.offline", 0, "");
  return new Problem("client.unreadable", 0, thrown instanceof Error ? thrown.message : "");
}
