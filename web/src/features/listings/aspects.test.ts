import { expect, it } from "vitest";
import type { AskedAspect, AskedOut } from "@/api/types.gen";
import { aspectFields } from "@/features/listings/aspects";

const aspect = (name: string, more: Partial<AskedAspect> = {}): AskedAspect => ({
  name,
  required: false,
  required_from: "",
  only_listed: false,
  multiple: false,
  values: [],
  found: [],
  origin: null,
  ...more,
});
const asked = (connection: string, ...aspects: AskedAspect[]): AskedOut => ({
  connection_id: connection,
  category_id: "1",
  category_name: "Schürzen",
  aspects,
});
const names = (connection: string) => `eBay ${connection}`;

it("shows what the product says first, then what is required, then what is known", () => {
  const fields = aspectFields(
    { Pflege: ["40 °C"] },
    [asked("DE", aspect("Anlass"), aspect("Material", { required: true }))],
    names,
  );
  expect(fields.map((field) => field.name)).toEqual(["Pflege", "Material", "Anlass"]);
  expect(fields[1]?.requiredBy).toEqual(["eBay DE"]);
});

it("another category asks for other attributes", () => {
  const before = aspectFields({}, [asked("DE", aspect("Material", { required: true }))], names);
  const after = aspectFields({}, [asked("DE", aspect("Autor", { required: true }))], names);
  expect([before, after].map((fields) => fields.map((field) => field.name))).toEqual([
    ["Material"],
    ["Autor"],
  ]);
});

it("names each account once and joins what they allow", () => {
  const fields = aspectFields(
    {},
    [
      asked("DE", aspect("Stil", { required: true, values: ["Kittel"] })),
      asked("AT", aspect("Stil", { required: true, values: ["Kittel", "Latz"] })),
    ],
    names,
  );
  expect(fields).toHaveLength(1);
  expect(fields[0]).toMatchObject({ requiredBy: ["eBay DE", "eBay AT"], choices: ["Kittel", "Latz"] });
});

it("says what stands in for the product, and shows an attribute under its own name only once", () => {
  const fields = aspectFields(
    { Colour: ["Blau"] },
    [
      asked(
        "DE",
        aspect("Farbe", { required: true, origin: "attribute", found: ["Blau"] }),
        aspect("Marke", { required: true, origin: "other", found: ["Hafenleinen"] }),
      ),
    ],
    names,
  );
  expect(fields.map((field) => field.name)).toEqual(["Colour", "Marke"]);
  expect(fields[1]?.stand).toEqual({ values: ["Hafenleinen"], origin: "other" });
});
