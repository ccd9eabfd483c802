/** All words of one language, in one piece. */
export const words = import.meta.glob<Record<string, unknown>>(
  ["../locales/fr.json", "../../shared/**/locales/fr.json", "../../features/*/locales/fr.json"],
  { eager: true, import: "default" },
);
