import { expect, it } from "vitest";
import { basePrice, sheetOf, type MatrixVariant } from "@/features/listings/matrix/sheet";

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

it("the base price is what most variants cost", () => {
  expect(basePrice([variant({ a: "1" }), variant({ a: "2" }, 4100), variant({ a: "3" })])).toBe(3900);
});
