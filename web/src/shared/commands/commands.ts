import type { Icon } from "@tabler/icons-react";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { isTyping, keyName, KeyMatcher, type Keys } from "@/shared/keyboard/keys";
import { preferences } from "@/shared/preferences/preferences";

export type CommandGroup = "selection" | "page" | "go" | "app";

/** Something a person can do here, by the command bar and by a key. */
export interface Command {
  id: string;
  group: CommandGroup;
  /** What the group is called now, where it says more than its own word: for how many. */
  groupLabel?: string;
  label: string;
  description?: string;
  icon?: Icon;
  keys?: Keys;
  /** A key only, e.g. J and K: listed under "all keys" but not in the command bar. */
  keysOnly?: true;
  run: () => void;
}

let commands: readonly Command[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Command[]) {
  commands = next;
  for (const listener of listeners) listener();
}

/** Offers commands while the component is shown; what acts on the page is registered by the page. */
export function useCommands(offered: Command[]): void {
  const latest = useRef(offered);
  useEffect(() => {
    latest.current = offered;
  });
  const shape = offered
    .map((c) => [c.id, c.group, c.groupLabel, c.label, c.description, c.keys].join("\u0000"))
    .join("\u0001");
  useEffect(() => {
    const mine = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find((now) => now.id === command.id)?.run(),
    }));
    change([...commands, ...mine]);
    return () => change(commands.filter((command) => !mine.includes(command)));
  }, [shape]);
}

export const useAllCommands = (): readonly Command[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => commands,
  );

/** Whether a dialog, drawer or menu is open: then the page behind it must not hear keys. Closed ones may stay mounted. */
const somethingIsOpen = () =>
  [...document.querySelectorAll("[role='dialog'], [role='menu'], [role='listbox']")].some(
    (element) => element.getClientRects().length > 0,
  );

/** The one key that also acts while typing. */
const everywhere = "mod+K";

/** Listens for keys for the whole page; mounted once. */
export function useCommandKeys(): void {
  useEffect(() => {
    const matcher = new KeyMatcher();
    function press(event: KeyboardEvent) {
      const key = keyName(event);
      if (!key || event.defaultPrevented || event.isComposing || somethingIsOpen()) return;
      if (isTyping(event.target) && key !== everywhere) return;
      if (!key.startsWith("mod+") && !["Esc", "?"].includes(key) && !preferences().singleKeys) return;
      // Enter and Space on a button or link are that button's own.
      const onControl =
        event.target instanceof Element && event.target.closest("button, a, [role='tab'], summary, label");
      if (onControl && ["Enter", "Space"].includes(key)) return;
      const bindings = commands.flatMap((command) =>
        command.keys ? [{ keys: command.keys, run: command.run }] : [],
      );
      const found = matcher.match(key, bindings, event.timeStamp);
      if (!found) return;
      event.preventDefault();
      found.run();
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
