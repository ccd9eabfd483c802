import { expect, it } from "vitest";
import { keptPart, middle, moved } from "@/features/settings/crop";

const wide = { width: 600, height: 400 };

it("keeps the middle square of a wide picture", () => {
  expect(keptPart(wide, middle)).toEqual({ left: 100, top: 0, edge: 400 });
});

it("comes closer around the same middle", () => {
  expect(keptPart(wide, { ...middle, zoom: 2 })).toEqual({ left: 200, top: 100, edge: 200 });
});

it("never leaves the picture", () => {
  expect(keptPart(wide, moved(wide, middle, -5000, 5000))).toEqual({ left: 0, top: 0, edge: 400 });
  expect(keptPart(wide, moved(wide, { ...middle, zoom: 4 }, 5000, 5000))).toEqual({
    left: 500,
    top: 300,
    edge: 100,
  });
});

it("goes back at once after it was pushed against an edge", () => {
  const pushed = moved(wide, middle, 5000, 0);
  expect(keptPart(wide, moved(wide, pushed, -10, 0)).left).toBe(190);
});
