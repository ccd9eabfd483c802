import { describe, expect, it } from "vitest";
import { dark, light, type Scheme } from "@/shared/theme/tokens";

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return red * 0.2126 + green * 0.7152 + blue * 0.0722;
}

/** The contrast ratio of WCAG 2. */
function ratio(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

type Pair = [name: string, front: string, back: string, least: number];

function pairs(scheme: Scheme): Pair[] {
  const papers = ["canvas", "surface", "raised", "sunken", "hover", "selected"] as const;
  const inks = ["ink", "ink2", "ink3", "link"] as const;
  const spines = ["spine", "spineHover", "spineActive"] as const;
  return [
    ...papers.flatMap((paper) =>
      inks.map((ink): Pair => [`${ink} on ${paper}`, scheme[ink], scheme[paper], 4.5]),
    ),
    ["onAccent on accent", scheme.onAccent, scheme.accent, 4.5],
    ["lineStrong on surface", scheme.lineStrong, scheme.surface, 3],
    ["focus on canvas", scheme.focus, scheme.canvas, 3],
    ...spines.flatMap((spine): Pair[] => [
      [`spineInk on ${spine}`, scheme.spineInk, scheme[spine], 4.5],
      [`spineInk2 on ${spine}`, scheme.spineInk2, scheme[spine], 4.5],
    ]),
    ...Object.entries(scheme.tone).flatMap(([name, tone]): Pair[] => [
      [`${name} fg on bg`, tone.fg, tone.bg, 4.5],
      [`${name} fg on surface`, tone.fg, scheme.surface, 4.5],
      [`${name} fg on canvas`, tone.fg, scheme.canvas, 4.5],
      [`ink on ${name} bg`, scheme.ink, tone.bg, 4.5],
      [`${name} solid on surface`, tone.solid, scheme.surface, 3],
    ]),
  ];
}

describe.each([
  ["light", light],
  ["dark", dark],
])("%s", (_, scheme) => {
  it.each(pairs(scheme))("%s (%s on %s) is at least %f", (_name, front, back, least) => {
    expect(ratio(front, back)).toBeGreaterThanOrEqual(least);
  });
});
