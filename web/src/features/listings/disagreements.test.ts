import { expect, it } from "vitest";
import type { ProductOut } from "@/api/types.gen";
import { disagreements } from "@/features/listings/disagreements";

const theirs = {
  brand_name: "Hafenleinen",
  mpn: "von drüben",
  title: { de: "Teedose", en: "Tea tin" },
  description: {},
} as unknown as ProductOut;

it("shows both values of a field", () => {
  expect(disagreements({ mpn: "von hier" }, theirs)).toEqual([
    { field: "mpn", mine: "von hier", theirs: "von drüben" },
  ]);
});

it("knows the one language of a text that differs", () => {
  expect(disagreements({ title: { de: "Teedose, 250 g", en: "Tea tin" } }, theirs)).toEqual([
    { field: "title", mine: "Teedose, 250 g", theirs: "Teedose" },
  ]);
});

it("sees none where both wrote the same", () => {
  expect(disagreements({ brand: "Hafenleinen" }, theirs)).toEqual([]);
});
