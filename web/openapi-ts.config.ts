import { readFileSync } from "node:fs";
import { defineConfig } from "@hey-api/openapi-ts";

interface Document {
  paths: Record<string, Record<string, { operationId?: string }>>;
}

/** `list_orders_api_v1_orders_get` is `list_orders` to everybody who reads the client. */
function withShortNames(document: Document): Document {
  const taken = new Set<string>();
  for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
    const name = operation.operationId?.replace(/_api_v1_.*$/, "");
    if (!name || taken.has(name)) continue;
    taken.add(name);
    operation.operationId = name;
  }
  return document;
}

/** `openapi.json` is written by `kontor openapi`; `src/api` is generated from it and never edited. */
export default defineConfig({
  input: withShortNames(JSON.parse(readFileSync("openapi.json", "utf8")) as Document) as never,
  output: { path: "src/api", postProcess: [] },
  plugins: [
    { name: "@hey-api/client-fetch", throwOnError: true, baseUrl: false },
    "@hey-api/typescript",
    { name: "@hey-api/sdk", responseStyle: "data" },
  ],
});
