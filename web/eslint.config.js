import { readdirSync } from "node:fs";
import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));
const forbid = (...patterns) => ["error", { patterns }];
/** Another folder is named by its alias, so that the layer rule can see it. */
const upwards = { regex: "^\\.\\./\\.\\./|^\\.\\./[^.]*\\.\\./", message: "Name another folder as @/…" };
const barrel = { regex: "/index$", message: "No barrels: import the file itself." };
const escape = { regex: "^(\\.\\./)+(features|shared|app|api)/", message: "Name another folder as @/…" };

export default tseslint.config(
  { ignores: ["dist", "src/api", "node_modules"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      "no-restricted-imports": forbid(barrel, escape),
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  {
    files: ["src/shared/**"],
    rules: {
      "no-restricted-imports": forbid(barrel, escape, {
        regex: "^@/(features|app)/",
        message: "shared stands below features and app.",
      }),
    },
  },
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: {
      "no-restricted-imports": forbid(barrel, escape, upwards, {
        regex: `^@/(app/|features/(?!${feature}/))`,
        message: "A feature imports shared and itself, no other feature and never the app.",
      }),
    },
  })),
  { files: ["**/*.test.{ts,tsx}", "tests/**"], rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
  {
    files: ["scripts/**", "*.config.*"],
    languageOptions: { globals: globals.node },
    rules: { "no-console": "off" },
  },
);
