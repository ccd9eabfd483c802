import { expect, it } from "vitest";
import { withOtherLanguages } from "@/features/listings/texts";

const known = { title: { de: "Schürze", fr: "Tablier en lin" }, description: { de: "<p>Leinen</p>" } };

it("an edited language leaves the others as they are by now", () => {
  expect(withOtherLanguages({ title: { de: "Schürze Hafen" } }, known)).toEqual({
    title: { de: "Schürze Hafen", fr: "Tablier en lin" },
  });
});

it("what is no text goes as it is, and nothing is added", () => {
  expect(withOtherLanguages({ mpn: "A-1" }, known)).toEqual({ mpn: "A-1" });
});
