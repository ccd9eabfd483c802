import { expect, it } from "vitest";
import type { Field } from "@/features/properties/fields";
import { patchAt, readText, saidBy, textOf, valueAt } from "@/features/properties/values";
import { formatFor } from "@/shared/format/format";

const of = (kind: Field["kind"]): Field => ({ path: "x", kind });
const german = formatFor("de");

it.each([
  ["decimal", "96,4", 96.4],
  ["decimal", "12.500", 12500],
  ["decimal", "53,0758231", 53.0758231],
  ["count", "-1", -1],
  ["count", "2,5", undefined],
  ["amount", "1.480", "1480.00"],
  ["amount", "1.480,5 €", "1480.50"],
  ["amount", "viel", undefined],
  ["year", "1908", 1908],
  ["year", "um 1908", undefined],
  ["answer", "no", false],
  ["line", "  Fährweg ", "Fährweg"],
  ["decimal", " ", null],
] as const)("a %s typed as %s is %s", (kind, typed, value) => {
  expect(readText(of(kind), typed, german)).toBe(value);
});

it.each([
  ["de", "1.480,50"],
  ["en", "1,480.50"],
] as const)("an amount stands in its field in %s as %s, and is read back as it was", (language, shown) => {
  const format = formatFor(language);
  expect(textOf(of("amount"), "1480.50", format)).toBe(shown);
  expect(readText(of("amount"), shown, format)).toBe("1480.50");
});

it("a patch says one value at its place", () => {
  const patch = patchAt("prices.cold_rent", "1120.00");
  expect(patch).toEqual({ prices: { cold_rent: "1120.00" } });
  expect(saidBy(patch)).toEqual({ path: "prices.cold_rent", value: "1120.00" });
  expect(saidBy(patchAt("usage", ["residential"]))).toEqual({ path: "usage", value: ["residential"] });
  expect(saidBy({ ...patch, notes: "x" })).toBeUndefined();
});

it("what is not there is nothing", () => {
  expect(valueAt({ prices: null }, "prices.cold_rent")).toBeUndefined();
  expect(textOf(of("answer"), undefined, german)).toBe("");
});
