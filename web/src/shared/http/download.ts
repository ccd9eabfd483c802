import { authorisedFetch } from "@/shared/http/http";
import { problemFrom } from "@/shared/problems/problem";

/** Gives the person a file that the page holds. */
export function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Fetches a file that only a token opens, and gives it to the person. Throws `Problem`. */
export async function downloadFrom(path: string, name: string): Promise<void> {
  const response = await authorisedFetch(new URL(path, window.location.origin));
  if (!response.ok) {
    const body: unknown = await response.json().catch(() => undefined);
    throw problemFrom(body, response.status, response.headers.get("X-Request-Id") ?? undefined);
  }
  const told = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  download(await response.blob(), told ?? name);
}
