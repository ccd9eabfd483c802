import { expect, it } from "vitest";
import type { DayFigures } from "@/api/types.gen";
import { dayOf, linePoints, revenueCourses } from "@/features/today/figures";

const day = (date: string, ...revenue: [minor: number, currency: string][]): DayFigures => ({
  date,
  orders: revenue.length,
  revenue: revenue.map(([minor, currency]) => ({ minor, currency, amount: String(minor / 100) })),
});

it("never adds up two currencies, and fills the days without either", () => {
  const days = [
    day("2026-11-19", [900, "PLN"]),
    day("2026-11-20", [1000, "EUR"]),
    day("2026-11-21", [250, "EUR"]),
  ];
  expect(revenueCourses(days)).toEqual([
    { currency: "EUR", days: [0, 1000, 250] },
    { currency: "PLN", days: [900, 0, 0] },
  ]);
});

it("has no course where nothing was earned", () => {
  expect(revenueCourses([day("2026-11-21")])).toEqual([]);
});

it("a date is that day wherever the person sits", () => {
  expect(dayOf(day("2026-11-21")).getDate()).toBe(21);
});

it("draws zero at the foot, the highest at the top, and a flat line where nothing came", () => {
  expect(linePoints([0, 5, 10], 20, 10)).toEqual([
    [0, 10],
    [10, 5],
    [20, 0],
  ]);
  expect(linePoints([0, 0], 20, 10).map(([, y]) => y)).toEqual([10, 10]);
});
