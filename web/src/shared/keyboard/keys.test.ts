import { expect, it } from "vitest";
import { keyName, KeyMatcher } from "@/shared/keyboard/keys";

const binding = (keys: string) => ({ keys, run: () => undefined });

it("a sequence needs its keys one after the other", () => {
  const bindings = [binding("G H"), binding("H")];
  const matcher = new KeyMatcher();
  expect(matcher.match("G", bindings, 0)).toBeUndefined();
  expect(matcher.match("H", bindings, 300)?.keys).toBe("G H");
  expect(matcher.match("H", bindings, 400)?.keys).toBe("H");
});

it("a sequence that waits too long is forgotten", () => {
  const matcher = new KeyMatcher();
  matcher.match("G", [binding("G H")], 0);
  expect(matcher.match("H", [binding("G H")], 5000)).toBeUndefined();
});

it("the innermost binding wins", () => {
  const [outer, inner] = [binding("Esc"), binding("Esc")];
  expect(new KeyMatcher().match("Esc", [outer, inner], 0)).toBe(inner);
});

it.each([
  [{ key: "p", shiftKey: true }, "⇧P"],
  [{ key: "P", shiftKey: true }, "⇧P"],
  [{ key: "k", metaKey: true }, "mod+K"],
  [{ key: "?", shiftKey: true }, "?"],
  [{ key: "Escape" }, "Esc"],
  [{ key: "Shift", shiftKey: true }, undefined],
])("%o is %s", (init, name) => {
  expect(keyName(new KeyboardEvent("keydown", init))).toBe(name);
});
