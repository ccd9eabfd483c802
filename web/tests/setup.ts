import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { startWords } from "@/app/i18n";
import { setPreferences } from "@/shared/preferences/preferences";

configure({ asyncUtilTimeout: 10_000 }); // of a machine that does other work beside

// jsdom has no layout: Mantine asks for both.
window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
  }) as unknown as MediaQueryList;
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView = () => {};

setPreferences({ language: "de", singleKeys: true });
await startWords();

afterEach(cleanup);
