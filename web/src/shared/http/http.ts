import { problemFrom } from "@/shared/problems/problem";

/** Who lends the access token, and who fetches a new one when it has run out. */
interface Credentials {
  token(): string | undefined;
  /** Gives whether there is a fresh token now. Many callers at once share one refresh. */
  refresh(): Promise<boolean>;
}

let credentials: Credentials = { token: () => undefined, refresh: () => Promise.resolve(false) };

export function lendCredentials(lender: Credentials): void {
  credentials = lender;
}

/** Asks the person to prove that it is they; gives whether they did. */
let prove: () => Promise<boolean> = () => Promise.resolve(false);

export function lendProof(ask: () => Promise<boolean>): void {
  prove = ask;
}

async function asksForProof(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const body = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { code?: string };
  return body.code === "proof.needed";
}

function withToken(request: Request): Request {
  const token = credentials.token();
  if (!token) return request;
  const headers = new Headers(request.headers);
  headers.set("Authorization", `Bearer ${token}`);
  return new Request(request, { headers });
}

/**
 * `fetch` with our access token; an expired one is refreshed once and the call repeated once. Where the server wants
 * to know once more that it is they, the person is asked, and the call repeated.
 */
export async function authorisedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const again = request.clone();
  const response = await fetch(withToken(request));
  if (response.status === 401) return (await credentials.refresh()) ? fetch(withToken(again)) : response;
  if ((await asksForProof(response)) && (await prove())) return fetch(withToken(again));
  return response;
}

/** Fetches JSON from our API; throws the problem document of a refusal. */
export async function fetchJson<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  const response = await authorisedFetch(new URL(path, window.location.origin), init);
  const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok)
    throw problemFrom(body, response.status, response.headers.get("X-Request-Id") ?? undefined);
  return body as Answer;
}
