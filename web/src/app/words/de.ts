/** All words of one language, in one piece. */
export const words = import.meta.glob<Record<string, unknown>>(
  ["../locales/de.json", "../../shared/**/locales/de.json", "../../features/*/locales/de.json"],
  { eager: true, import: "default" },
);
