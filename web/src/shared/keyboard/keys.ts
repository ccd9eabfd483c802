/** A key as people read it: `G H` is a sequence, `mod+K` needs ⌘ or Ctrl, `⇧P` is shift and P. */
export type Keys = string;

const pauseMilliseconds = 1200;

export interface Binding {
  keys: Keys;
  run: () => void;
}

/** Where the person is writing, single keys are letters. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit", "file"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** The name of the pressed key in the notation of `Keys`, or nothing for a bare modifier. */
export function keyName(event: KeyboardEvent): string | undefined {
  if (["Shift", "Control", "Meta", "Alt"].includes(event.key)) return undefined;
  const named: Record<string, string> = { Escape: "Esc", " ": "Space", ArrowUp: "↑", ArrowDown: "↓" };
  const key = named[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  if (event.metaKey || event.ctrlKey) return `mod+${key}`;
  if (event.altKey) return undefined;
  return event.shiftKey && /^[A-Z]$/.test(key) ? `⇧${key}` : key;
}

/** Matches presses to bindings, sequences included. One matcher per page. */
export class KeyMatcher {
  private before: { key: string; at: number } | undefined;

  /** The binding that this press completes, if any. */
  match(key: string, bindings: Iterable<Binding>, now: number): Binding | undefined {
    const prefix = this.before && now - this.before.at < pauseMilliseconds ? `${this.before.key} ` : "";
    this.before = undefined;
    const all = [...bindings];
    // The binding registered last is the innermost on the page.
    const found =
      all.findLast((binding) => binding.keys === prefix + key) ?? all.findLast((b) => b.keys === key);
    if (!found && all.some((binding) => binding.keys.startsWith(`${key} `))) this.before = { key, at: now };
    return found;
  }
}
