import { useEffect } from "react";

/** How long a field may take to be drawn: some stand there only once more is known. */
const patienceMilliseconds = 5000;

/** A problem's link names a field: it comes into view and takes the focus. */
export function useFieldFocus(field: string | undefined, tab: string): void {
  useEffect(() => {
    if (!field) return undefined;
    const reach = () => {
      const found = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
      const input = found?.matches("input, textarea")
        ? found
        : found?.querySelector<HTMLElement>("input, textarea, button");
      found?.scrollIntoView({ block: "center" });
      input?.focus();
      return found !== null;
    };
    if (reach()) return undefined;
    const watch = new MutationObserver(() => reach() && watch.disconnect());
    watch.observe(document.body, { childList: true, subtree: true });
    const end = setTimeout(() => watch.disconnect(), patienceMilliseconds);
    return () => {
      clearTimeout(end);
      watch.disconnect();
    };
  }, [field, tab]);
}
