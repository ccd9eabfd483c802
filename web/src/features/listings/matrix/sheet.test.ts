import { expect, it } from "vitest";
import {
  basePrices,
  byPercent,
  labelsIn,
  sheetOf,
  type MatrixVariant,
} from "@/features/listings/matrix/sheet";

const variant = (options: Record<string, string>, priceMinor = 3900): MatrixVariant => ({
  id: Object.values(options).join("-"),
  sku: Object.values(options).join("-"),
  gtin: "",
  options,
  priceMinor,
  quantity: 1,
});

const apron = ["Marine", "Sand"].flatMap((Farbe) =>
  ["S", "M", "L"].map((Größe) => variant({ Farbe, Größe })),
);

it("crosses two axes, the second across", () => {
  const sheet = sheetOf(apron, "priceStock");
  expect(sheet.rows.map((row) => row.label)).toEqual(["Marine", "Sand"]);
  expect(sheet.groups.map((group) => group.label)).toEqual(["S", "M", "L"]);
  expect(sheet.at(1, 2)?.id).toBe("Sand-M");
  expect(sheet.columns[2]?.field).toBe("price");
});

it("leaves a hole where a combination does not exist", () => {
  const sheet = sheetOf(apron.slice(1), "sku");
  expect(sheet.at(0, 0)?.id).toBe("Marine-M");
  expect(sheetOf([...apron.slice(0, 2), ...apron.slice(3)], "sku").at(0, 2)).toBeUndefined();
});

it("turns the table where the second axis is too wide", () => {
  const wide = Array.from({ length: 12 }, (_, size) => variant({ Farbe: "Sand", Größe: `${size}` }));
  expect(sheetOf([...wide, variant({ Farbe: "Marine", Größe: "1" })], "sku").rows).toHaveLength(12);
});

it.each([[[variant({})]], [[variant({ Farbe: "Sand" })]], [[variant({ a: "1", b: "2", c: "3" })]]])(
  "lists what has not two axes",
  (variants) => {
    expect(sheetOf(variants, "sku").columns.map((column) => column.field)).toEqual([
      "price",
      "quantity",
      "sku",
      "gtin",
    ]);
  },
);

it("the base price is what most cost, for each size by itself", () => {
  const large = (colour: string, price = 4400) => variant({ Farbe: colour, Größe: "XL" }, price);
  const small = (colour: string, price = 3900) => variant({ Farbe: colour, Größe: "S" }, price);
  const all = ["Marine", "Sand"].flatMap((colour) => [small(colour), large(colour)]);
  const bases = basePrices(sheetOf([...all, small("Nebel", 3600), large("Nebel", 4100)], "priceStock"));
  expect([bases.get("Nebel-S"), bases.get("Nebel-XL"), bases.get("Sand-XL")]).toEqual([3900, 4400, 4400]);
});

it("a list has one base price", () => {
  const listed = [variant({ a: "1" }), variant({ a: "2" }, 4100), variant({ a: "3" })];
  expect(basePrices(sheetOf(listed, "priceStock")).get("2")).toBe(3900);
});

it("changes prices by a percentage to the nearest cent, and never below nothing", () => {
  const some = [variant({ a: "1" }, 3333), { ...variant({ a: "2" }), priceMinor: null }];
  expect(byPercent(some, 10)).toEqual([{ id: "1", priceMinor: 3666 }]);
  expect(byPercent(some, -200)).toEqual([{ id: "1", priceMinor: 0 }]);
});

it("names a range by the ends of its axes", () => {
  const sheet = sheetOf(apron, "priceStock");
  expect(labelsIn(sheet, { top: 1, bottom: 1, left: 0, right: 5 })).toEqual({
    rows: ["Sand", "Sand"],
    groups: ["S", "L"],
  });
});
