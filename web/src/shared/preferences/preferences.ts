import { useSyncExternalStore } from "react";

export const languages = ["de", "en", "fr"] as const;
export type Language = (typeof languages)[number];

/** Each language by its own name. */
export const languageNames: Record<Language, string> = { de: "Deutsch", en: "English", fr: "Français" };

export interface Preferences {
  language: Language;
  /** Single keys such as J or P act without a modifier; some people and dictation programs trip over them. */
  singleKeys: boolean;
  /** IANA name; the browser's own until the person's is known. */
  timeZone?: string;
  /** Where `/` leads. */
  startPage?: string;
}

const storageKey = "kontor.preferences";

function fromBrowser(): Language {
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2));
  return languages.find((language) => spoken.includes(language)) ?? "de";
}

function load(): Preferences {
  const defaults: Preferences = { language: fromBrowser(), singleKeys: true };
  const stored = localStorage.getItem(storageKey);
  if (!stored) return defaults;
  try {
    const saved = JSON.parse(stored) as Partial<Preferences>;
    const language = languages.find((known) => known === saved.language) ?? defaults.language;
    const { timeZone, startPage } = saved;
    return { language, singleKeys: saved.singleKeys !== false, timeZone, startPage };
  } catch {
    return defaults; // written by hand or by an older version
  }
}

let current = load();
const listeners = new Set<() => void>();

export const preferences = () => current;

export function setPreferences(change: Partial<Preferences>): void {
  const next = { ...current, ...change };
  if (JSON.stringify(next) === JSON.stringify(current)) return; // nobody is told of what is as it was
  current = next;
  localStorage.setItem(storageKey, JSON.stringify(current));
  for (const listener of listeners) listener();
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePreferences = (): Preferences => useSyncExternalStore(onPreferences, preferences);
