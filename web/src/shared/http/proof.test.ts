import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fetchJson, lendProof } from "@/shared/http/http";

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
let proven = false;

beforeEach(() => {
  proven = false;
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => (proven ? json(200, { ok: true }) : json(403, { code: "proof.needed", status: 403 }))),
  );
});
afterEach(() => vi.unstubAllGlobals());

it("what needs a proof is asked for and then done", async () => {
  lendProof(async () => (proven = true));
  expect(await fetchJson("/api/v1/me/factors/totp", { method: "POST" })).toEqual({ ok: true });
});

it("who does not prove it gets the refusal", async () => {
  lendProof(async () => false);
  await expect(fetchJson("/api/v1/me/factors/totp", { method: "POST" })).rejects.toMatchObject({
    code: "proof.needed",
  });
});

it("another refusal asks for nothing", async () => {
  const ask = vi.fn(async () => true);
  lendProof(ask);
  vi.stubGlobal("fetch", async () => json(403, { code: "forbidden", status: 403 }));
  await expect(fetchJson("/api/v1/people")).rejects.toMatchObject({ code: "forbidden" });
  expect(ask).not.toHaveBeenCalled();
});
