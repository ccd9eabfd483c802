import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { useActorWords } from "@/shared/jobs/useJobWords";

const said = (cause: Record<string, unknown>) => renderHook(() => useActorWords()).result.current(cause);

it("names people, and what the machine was about", () => {
  expect(said({ kind: "person", id: "1", label: "Marlene Thomsen" })).toBe("Marlene Thomsen");
  expect(said({ kind: "job", id: "2", label: "inbound.interpret" })).toBe("Kontor · Bestellung");
  expect(said({ kind: "job", id: "3", label: "publishing.prepare" })).toBe("Kontor · Kategorie");
  expect(said({ kind: "job", id: "4", label: "imports.run" })).toBe("Kontor · Datei");
  expect(said({ kind: "job", id: "5", label: "some.day" })).toBe("Kontor");
  expect(said({ kind: "system", id: "", label: "Kontor" })).toBe("Kontor");
});
