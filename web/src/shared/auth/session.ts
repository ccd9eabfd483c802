import { useSyncExternalStore } from "react";
import { lendCredentials } from "@/shared/http/http";
import { problemFrom } from "@/shared/problems/problem";

export type Role = "owner" | "admin" | "member" | "read_only";

export interface Person {
  id: string;
  email: string;
  name: string;
  role?: Role;
  email_verified?: boolean;
  /** The business demands a second factor: until there is one, nothing else answers. */
  must_add_second_factor?: boolean;
}

export interface Tenant {
  id: string;
  name: string;
}

/** What a newcomer says of themselves. */
export interface Registration {
  email: string;
  password: string;
  first_name: string;
  last_name: string;
  company: string;
  language: string;
}

/** The answer to a demand for a second factor. */
export interface SecondFactorAnswer {
  challenge: string;
  method: "totp" | "passkey" | "recovery";
  code?: string;
  credential?: unknown;
}

export type Session =
  | { status: "starting" }
  | { status: "anonymous" }
  | { status: "signedIn"; token: string; user: Person; tenant: Tenant };

interface TokenAnswer {
  access_token: string;
  user: Person;
  tenant: Tenant;
}

/** The access token lives in memory only; the refresh token in a cookie that no script can read. */
let session: Session = { status: "starting" };
/** Only a hint that a cookie may be there, so that a newcomer's first page asks for nothing that must fail. */
const hintKey = "kontor.signedIn";
let refreshing: Promise<boolean> | undefined;
const listeners = new Set<() => void>();

function become(next: Session) {
  session = next;
  if (next.status === "signedIn") localStorage.setItem(hintKey, "yes");
  if (next.status === "anonymous") localStorage.removeItem(hintKey);
  for (const listener of listeners) listener();
}

/** Asks past the client of the rest: a 401 here is an answer and no reason to refresh. */
async function post(path: string, body?: unknown): Promise<Response> {
  const headers = new Headers({ "Content-Type": "application/json" });
  if (session.status === "signedIn") headers.set("Authorization", `Bearer ${session.token}`);
  return fetch(`/api/v1/auth/${path}`, {
    method: "POST",
    credentials: "same-origin",
    headers,
    body: JSON.stringify(body ?? {}),
  });
}

async function enter(response: Response): Promise<void> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw problemFrom(body, response.status);
  const { access_token: token, user, tenant } = body as TokenAnswer;
  become({ status: "signedIn", token, user, tenant });
}

/** Asks for a new access token by cookie. A refusal signs out; an outage leaves the session as it is. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= post("refresh")
    .then(async (response) => {
      if (response.ok) {
        await enter(response);
        return true;
      }
      if (response.status < 500) become({ status: "anonymous" });
      return false;
    })
    .finally(() => {
      refreshing = undefined;
    });
  return refreshing;
}

/** The first question of a page: is somebody signed in here? */
export async function startSession(): Promise<void> {
  if (localStorage.getItem(hintKey)) await refreshSession().catch(() => false);
  else become({ status: "anonymous" });
}

/** Throws `Problem` with the server's reason where the credentials are refused, or a second factor is asked for. */
export async function signIn(email: string, password: string): Promise<void> {
  await enter(await post("login", { email, password }));
}

/** The second step of `signIn`, or of an accepted invitation. */
export async function signInFurther(answer: SecondFactorAnswer): Promise<void> {
  await enter(await post("login/second-factor", answer));
}

/** A new business and its owner, who is signed in then. */
export async function register(wish: Registration): Promise<void> {
  await enter(await post("register", wish));
}

/** Accepts an invitation and signs in there; a known account gives its password only. */
export async function acceptInvitation(token: string, newcomer: Record<string, string>): Promise<void> {
  await enter(await post(`invitations/${encodeURIComponent(token)}/accept`, newcomer));
}

/** Goes to another business of the person's; whoever calls it loads the page anew, so that nothing of this one stays. */
export async function switchTenant(tenantId: string): Promise<void> {
  await enter(await post("switch", { tenant: tenantId }));
}

/** Ends this session, or with `logout-all` every session of the person. */
export async function signOut(path: "logout" | "logout-all" = "logout"): Promise<void> {
  // Offline: the token is forgotten here, the cookie runs out there.
  if (session.status === "signedIn") await post(path).catch(() => undefined);
  become({ status: "anonymous" });
}

export const currentSession = () => session;

export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSession = (): Session => useSyncExternalStore(onSession, currentSession);

lendCredentials({
  token: () => (session.status === "signedIn" ? session.token : undefined),
  refresh: refreshSession,
});
