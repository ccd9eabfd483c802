import { describe, expect, it } from "vitest";
import { amountText, parseAmount } from "@/shared/format/amount";
import { formatFor } from "@/shared/format/format";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("a sum", () => {
  it.each([
    ["de", "1.284,50 €"],
    ["en", "€1,284.50"],
    ["fr", "1 284,50 €"],
  ] as const)("is written in %s as %s", (language, text) => {
    expect(plain(formatFor(language).money(128450, "EUR"))).toBe(text);
  });

  it("knows currencies without decimals", () => {
    expect(plain(formatFor("de").money(1500, "JPY"))).toBe("1.500 ¥");
  });

  it.each([
    ["1.284,50", 128450],
    ["1284.50", 128450],
    ["1 284,50", 128450],
    ["39", 3900],
    ["39,9", 3990],
    [",5", 50],
    ["1.284", 128400],
  ])("typed in German as %s is %i", (text, minor) => {
    expect(parseAmount(text, "EUR", formatFor("de"))).toBe(minor);
  });

  it("typed in English keeps the point as the decimal sign", () => {
    expect(parseAmount("1,284", "EUR", formatFor("en"))).toBe(128400);
    expect(parseAmount("1.5", "EUR", formatFor("en"))).toBe(150);
  });

  it.each(["", "abc", "12 Stück", "–"])("is not read from %s", (text) => {
    expect(parseAmount(text, "EUR", formatFor("de"))).toBeUndefined();
  });

  it("stands in a field as it may be typed again", () => {
    const format = formatFor("fr");
    expect(parseAmount(amountText(3990, "EUR", format), "EUR", format)).toBe(3990);
  });
});

it("a moment of today is its time, of another day its day", () => {
  const now = new Date("2026-11-21T10:00:00");
  expect(formatFor("de").moment(new Date("2026-11-21T08:52:00"), now)).toBe("08:52");
  expect(formatFor("de").moment(new Date("2026-11-12T08:52:00"), now)).toBe("12. Nov.");
});

it("a moment is told by the person's own clock", () => {
  const at = new Date("2026-11-21T23:30:00Z");
  expect(formatFor("de", "Europe/Berlin").time(at)).toBe("00:30");
  expect(formatFor("de", "America/New_York").time(at)).toBe("18:30");
  expect(formatFor("de", "Europe/Berlin").moment(at, new Date("2026-11-21T12:00:00Z"))).toBe("22. Nov.");
  expect(() => formatFor("de", "Mars/Olympus").time(at)).not.toThrow();
});
