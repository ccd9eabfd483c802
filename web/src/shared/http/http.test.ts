import { afterEach, expect, it, vi } from "vitest";
import { fetchJson } from "@/shared/http/http";
import { currentSession, refreshSession, signIn, signOut } from "@/shared/auth/session";
import { Problem } from "@/shared/problems/problem";

const who = { user: { id: "u", email: "m@example.com", name: "M" }, tenant: { id: "t", name: "T" } };
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

/** Answers by path; the access token that the server would accept is the last one it gave. */
function server(rules: { refresh: number }) {
  let valid = "";
  let refreshes = 0;
  const serve = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(
      new URL(String(input instanceof Request ? input.url : input), location.origin),
      init,
    );
    const headers = input instanceof Request ? input.headers : request.headers;
    const path = new URL(request.url).pathname;
    if (path.endsWith("/login")) return json(200, { access_token: (valid = "one"), ...who });
    if (path.endsWith("/logout")) return new Response(null, { status: 204 });
    if (path.endsWith("/refresh")) {
      refreshes += 1;
      return rules.refresh === 200
        ? json(200, { access_token: (valid = `fresh${refreshes}`), ...who })
        : json(rules.refresh, { code: "unauthenticated" });
    }
    return headers.get("Authorization") === `Bearer ${valid}`
      ? json(200, { ok: true })
      : json(401, { code: "unauthenticated" });
  };
  vi.stubGlobal("fetch", vi.fn(serve));
  return { expire: () => (valid = "another"), refreshes: () => refreshes };
}

afterEach(async () => {
  await signOut();
  vi.unstubAllGlobals();
});

it("an expired token is refreshed once for many calls, and each call repeated once", async () => {
  const played = server({ refresh: 200 });
  await signIn("m@example.com", "secret");
  played.expire();
  const answers = await Promise.all([1, 2, 3].map((n) => fetchJson<{ ok: boolean }>(`/api/v1/things/${n}`)));
  expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
  expect(played.refreshes()).toBe(1);
});

it("a refused refresh signs out and the call tells why", async () => {
  const played = server({ refresh: 401 });
  await signIn("m@example.com", "secret");
  played.expire();
  await expect(fetchJson("/api/v1/things")).rejects.toThrow(Problem);
  expect(currentSession().status).toBe("anonymous");
});

it("an outage while refreshing signs nobody out", async () => {
  const played = server({ refresh: 503 });
  await signIn("m@example.com", "secret");
  played.expire();
  expect(await refreshSession()).toBe(false);
  expect(currentSession().status).toBe("signedIn");
});
