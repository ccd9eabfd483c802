/** All words of one language, in one piece. */
export const words = import.meta.glob<Record<string, unknown>>(
  ["../locales/en.json", "../../shared/**/locales/en.json", "../../features/*/locales/en.json"],
  { eager: true, import: "default" },
);
