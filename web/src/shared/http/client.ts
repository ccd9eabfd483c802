import { client } from "@/api/client.gen";
import { authorisedFetch } from "@/shared/http/http";
import { asProblem, problemFrom } from "@/shared/problems/problem";

/** Makes the generated client speak with our token and throw `Problem` for whatever goes wrong. */
export function startClient(): void {
  client.setConfig({ baseUrl: window.location.origin, fetch: authorisedFetch as typeof fetch });
  client.interceptors.error.use((error, response) => {
    if (!response) return asProblem(error);
    return problemFrom(error, response.status, response.headers.get("X-Request-Id") ?? undefined);
  });
}
