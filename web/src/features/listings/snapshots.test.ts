import { expect, it } from "vitest";
import { changesBetween, type Show, type Snapshot } from "@/features/listings/snapshots";

const show: Show = {
  money: (minor, currency) => `${(minor / 100).toFixed(2)} ${currency}`,
  condition: (value) => value.toUpperCase(),
  status: (value) => value,
};
const red = {
  id: "1",
  sku: "A-1",
  gtin: "",
  price: [3900, "EUR"],
  weight_g: 200,
  options: [["Farbe", "Rot"]],
};
const blue = { ...red, id: "2", sku: "A-2", options: [["Farbe", "Blau"]] };
const product = {
  reference: "A",
  status: "active",
  language: "de",
  title: { de: "Schürze" },
  description: { de: "<p>Leinen</p>" },
  brand: "Hafenleinen",
  mpn: "",
  condition: "new",
  category_hint: "",
  category: { EBAY_DE: { id: "11", name: "Schürzen" } },
  aspects: { Material: ["Leinen"] },
  option_names: ["Farbe"],
  variants: [red, blue],
  pictures: [],
} as unknown as Snapshot;

it("says nothing where nothing differs", () => {
  expect(changesBetween(product, { ...product }, show)).toEqual([]);
});

it("shows both values of a text, without its HTML, and names the language only where there are several", () => {
  const after = {
    ...product,
    title: { de: "Schürze Hafen" },
    description: { de: "<p>Leinen, <b>fest</b></p>" },
  };
  expect(changesBetween(product, after, show)).toEqual([
    { field: "title", of: "", from: "Schürze", to: "Schürze Hafen" },
    { field: "description", of: "", from: "Leinen", to: "Leinen, fest" },
  ]);
  const french = { ...product, title: { ...product.title, fr: "Tablier" } };
  expect(changesBetween(product, french, show)).toEqual([
    { field: "title", of: "fr", from: "", to: "Tablier" },
  ]);
});

it("shows a price at its SKU, and which variant came or went", () => {
  const green = { ...blue, id: "3", sku: "A-3", options: [["Farbe", "Grün"]] };
  const after = { ...product, variants: [{ ...red, price: [4550, "EUR"] }, green] } as unknown as Snapshot;
  expect(changesBetween(product, after, show)).toEqual([
    { field: "variants.price", of: "A-1", from: "39.00 EUR", to: "45.50 EUR" },
    { field: "variants", of: "A-3", from: "", to: "Grün" },
    { field: "variants", of: "A-2", from: "Blau", to: "" },
  ]);
});

it("shows attributes and categories one by one, in words", () => {
  const after = {
    ...product,
    condition: "used",
    category: { EBAY_DE: { id: "12", name: "Kochjacken" } },
    aspects: { Material: ["Leinen", "Baumwolle"], Stil: ["Klassisch"] },
  };
  expect(changesBetween(product, after, show)).toEqual([
    { field: "condition", of: "", from: "NEW", to: "USED" },
    { field: "category", of: "EBAY_DE", from: "Schürzen", to: "Kochjacken" },
    { field: "aspects", of: "Material", from: "Leinen", to: "Leinen; Baumwolle" },
    { field: "aspects", of: "Stil", from: "", to: "Klassisch" },
  ]);
});
