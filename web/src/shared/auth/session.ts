import { useSyncExternalStore } from "react";
import { lendCredentials } from "@/shared/http/http";
import { problemFrom } from "@/shared/problems/problem";

export interface Person {
  id: string;
  email: string;
  name: string;
  role?: string;
}

export interface Tenant {
  id: string;
  name: string;
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

async function post(path: string, body?: unknown): Promise<Response> {
  return fetch(`/api/v1/auth/${path}`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
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

/** Throws `Problem` with the server's reason where the credentials are refused. */
export async function signIn(email: string, password: string): Promise<void> {
  await enter(await post("login", { email, password }));
}

export async function signOut(): Promise<void> {
  if (session.status === "signedIn") {
    await fetch("/api/v1/auth/logout", {
      method: "POST",
      credentials: "same-origin",
      headers: { Authorization: `Bearer ${session.token}`, "Content-Type": "application/json" },
      body: "{}",
    }).catch(() => undefined); // offline: the token is forgotten here, the cookie runs out there
  }
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
