import { defineConfig } from "@hey-api/openapi-ts";

/** `openapi.json` is written by `kontor openapi`; `src/api` is generated from it and never edited. */
export default defineConfig({
  input: "openapi.json",
  output: { path: "src/api", postProcess: [] },
  plugins: [
    { name: "@hey-api/client-fetch", throwOnError: true, baseUrl: false },
    "@hey-api/typescript",
    "@hey-api/sdk",
    { name: "@tanstack/react-query", queryKeys: { tags: true } },
  ],
});
