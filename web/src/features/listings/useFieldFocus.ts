import { useEffect } from "react";

/** A problem's link names a field: it comes into view and takes the focus. */
export function useFieldFocus(field: string | undefined, tab: string): void {
  useEffect(() => {
    if (!field) return;
    const found = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
    const input = found?.matches("input, textarea")
      ? found
      : found?.querySelector<HTMLElement>("input, textarea, button");
    found?.scrollIntoView({ block: "center" });
    input?.focus();
  }, [field, tab]);
}
