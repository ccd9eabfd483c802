import { describe, expect, it } from "vitest";
import { namespaceOf } from "@/app/i18n";
import { words as de } from "@/app/words/de";
import { words as en } from "@/app/words/en";
import { words as fr } from "@/app/words/fr";

type Words = Record<string, Record<string, unknown>>;

/** Every key with its text; French "many" is for millions only and may fall back to "other". */
function flat(catalogue: Record<string, unknown>, prefix = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue)) {
    if (typeof value === "string") all.set(prefix + key, value);
    else for (const [k, v] of flat(value as Record<string, unknown>, `${prefix}${key}.`)) all.set(k, v);
  }
  return all;
}

const byNamespace = (words: Words) =>
  new Map(Object.entries(words).map(([path, catalogue]) => [namespaceOf(path), flat(catalogue)]));
const german = byNamespace(de);
const languages = { en: byNamespace(en), fr: byNamespace(fr) };

const holes = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort();

describe.each(Object.entries(languages))("the words in %s", (_language, catalogues) => {
  it.each([...german.keys()])("of %s are complete", (namespace) => {
    const keys = [...(catalogues.get(namespace)?.keys() ?? [])].sort();
    expect(keys).toEqual([...(german.get(namespace)?.keys() ?? [])].sort());
  });

  it.each([...german.keys()])("of %s fill the same holes", (namespace) => {
    for (const [key, text] of german.get(namespace) ?? []) {
      const other = catalogues.get(namespace)?.get(key) ?? "";
      expect([key, ...new Set(holes(other))]).toEqual([key, ...new Set(holes(text))]);
    }
  });
});

it("no text says it loudly", () => {
  for (const catalogue of [...german.values(), ...languages.en.values(), ...languages.fr.values()]) {
    for (const text of catalogue.values()) expect(text).not.toMatch(/!|\bungültig|\binvalid\b|\binvalide/i);
  }
});

it("French sets a narrow no-break space before its high signs", () => {
  for (const catalogue of languages.fr.values()) {
    for (const text of catalogue.values()) expect(text).not.toMatch(/ [:;?»]|« /);
  }
});
