import { expect, it } from "vitest";
import { isColour, swatchOf } from "@/features/listings/matrix/colours";

it.each(["Farbe", "Color", "Colour", "Couleur", "COLORIS"])("%s is about colour", (option) => {
  expect(isColour(option)).toBe(true);
});

it.each(["Größe", "Material", "Farbfamilie des Stoffs", ""])("„%s“ is not", (option) => {
  expect(isColour(option)).toBe(false);
});

it.each([
  ["Weiß", "white", "blanc"],
  ["Grün", "green", "VERT"],
  ["Marine", "navy", "Marine"],
  ["Türkis", "turquoise", "Turquoise"],
])("%s, %s and %s look the same", (...words) => {
  expect(new Set(words.map(swatchOf)).size).toBe(1);
  expect(swatchOf(words[0])).toMatch(/^#/);
});

it("a shade is made of its colour", () => {
  expect(swatchOf("Dunkelgrün")).toBe("color-mix(in oklab, #3f8f52, black 35%)");
  expect(swatchOf("vert clair")).toBe("color-mix(in oklab, #3f8f52, white 35%)");
});

it("takes the first colour of several, and the colour at the end of a word", () => {
  expect(swatchOf("Blau/Weiß")).toBe(swatchOf("blau"));
  expect(swatchOf("Ozeanblau")).toBe(swatchOf("blau"));
});

it("invents nothing", () => {
  expect(swatchOf("Hafenmischung 7")).toBeUndefined();
  expect(swatchOf("")).toBeUndefined();
});
