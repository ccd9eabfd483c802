export const tabs = ["object", "pictures", "texts", "enquiries", "history"] as const;
export type Tab = (typeof tabs)[number];

/** On which tab a field stands; nothing is said for the first. */
export function tabOf(field: string): Tab | undefined {
  if (field.startsWith("texts")) return "texts";
  return field.startsWith("pictures") ? "pictures" : undefined;
}
