import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import { onPreferences, preferences, type Language } from "@/shared/preferences/preferences";

type Words = Record<string, Record<string, unknown>>;

const catalogues: Record<Language, () => Promise<{ words: Words }>> = {
  de: () => import("@/app/words/de"),
  en: () => import("@/app/words/en"),
  fr: () => import("@/app/words/fr"),
};

/** `../../features/orders/locales/de.json` is the catalogue of the namespace `orders`. */
export function namespaceOf(path: string): string {
  const folder = path.split("/").at(-3);
  return folder === ".." || folder === undefined ? "app" : folder;
}

async function load(language: Language): Promise<void> {
  const { words } = await catalogues[language]();
  for (const [path, catalogue] of Object.entries(words)) {
    i18n.addResourceBundle(language, namespaceOf(path), catalogue);
  }
}

async function speak(language: Language): Promise<void> {
  await load(language);
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Words of one language are read before anything is drawn, and again when the person changes it. */
export async function startWords(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: preferences().language,
    fallbackLng: false,
    defaultNS: "shared",
    resources: {},
    interpolation: { escapeValue: false },
  });
  await speak(preferences().language);
  onPreferences(() => {
    if (preferences().language !== i18n.language) void speak(preferences().language);
  });
}
