import type { DayFigures } from "@/api/types.gen";

/** The day, at its noon here: a date alone would be read as midnight in Greenwich. */
export const dayOf = ({ date }: Pick<DayFigures, "date">): Date => new Date(`${date}T12:00:00`);

export interface Course {
  currency: string;
  /** Minor units, oldest day first. */
  days: number[];
}

/** What was earned day by day, for each currency by itself, the one that earned most days first. */
export function revenueCourses(days: DayFigures[]): Course[] {
  const currencies = [...new Set(days.flatMap((day) => day.revenue.map((amount) => amount.currency)))];
  const courses = currencies.map((currency) => ({
    currency,
    days: days.map((day) => day.revenue.find((amount) => amount.currency === currency)?.minor ?? 0),
  }));
  const busy = (course: Course) => course.days.filter(Boolean).length;
  return courses.toSorted((a, b) => busy(b) - busy(a) || a.currency.localeCompare(b.currency));
}

export const ordersOf = (days: DayFigures[]): number => days.reduce((sum, day) => sum + day.orders, 0);

/** What these days earned together, for each currency by itself. */
export const revenueOf = (days: DayFigures[]): { minor: number; currency: string }[] =>
  revenueCourses(days).map(({ currency, days: earned }) => ({
    currency,
    minor: earned.reduce((sum, minor) => sum + minor, 0),
  }));

/** A course as points of a line in a box of this size; the foot of the box is zero. */
export function linePoints(values: number[], width: number, height: number): [x: number, y: number][] {
  const top = Math.max(...values, 1);
  const step = width / Math.max(values.length - 1, 1);
  return values.map((value, at) => [at * step, height - (value / top) * height]);
}
