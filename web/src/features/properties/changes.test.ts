import { expect, it } from "vitest";
import { changesBetween, inShort } from "@/features/properties/changes";

it("shows both values of each place that a revision changed", () => {
  const before = { prices: { cold_rent: "1080.00" } };
  const after = { prices: { cold_rent: "1120.00" }, texts: { de: { title: "Hell" } } };
  expect(changesBetween(before, after, ["prices.cold_rent", "texts.de.title"])).toEqual([
    { path: "prices.cold_rent", from: "1080.00", to: "1120.00" },
    { path: "texts.de.title", from: undefined, to: "Hell" },
  ]);
});

it("counts what has no words of its own, and cuts what is long", () => {
  const count = (many: number) => `${many} Stück`;
  expect(inShort([{ url: "a" }, { url: "b" }], count)).toBe("2 Stück");
  expect(inShort(["gas", "oil"], count)).toBe("gas, oil");
  expect(inShort("x".repeat(200), count)).toHaveLength(90);
  expect(inShort(undefined, count)).toBe("");
});
