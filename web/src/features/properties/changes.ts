import { valueAt } from "@/features/properties/values";

/** One value of a revision and what it was before. */
export interface Change {
  path: string;
  from: unknown;
  to: unknown;
}

/** What a revision changed, value by value; `changed` names the places, snapshots leave out what nobody said. */
export function changesBetween(before: object, after: object, changed: string[]): Change[] {
  return changed.map((path) => ({ path, from: valueAt(before, path), to: valueAt(after, path) }));
}

const longest = 90;

/** Any value in a few words; lists of things by how many they are. */
export function inShort(value: unknown, count: (many: number) => string): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) {
    return value.every((one) => typeof one === "string") ? value.join(", ") : count(value.length);
  }
  if (typeof value === "object") return count(Object.keys(value).length);
  const words = String(value as string | number | boolean)
    .replace(/\s+/g, " ")
    .trim();
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
}
