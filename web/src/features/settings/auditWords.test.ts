import { beforeAll, describe, expect, it } from "vitest";
import i18n from "i18next";
import type { EntryOut } from "@/api/types.gen";
import { actorWords, auditWords, changeWords } from "@/features/settings/auditWords";
import { formatFor } from "@/shared/format/format";

const entry = (change: Partial<EntryOut>): EntryOut => ({
  id: "1",
  at: "2026-11-21T18:00:00Z",
  action: "role.changed",
  actor: { kind: "person", id: "2", label: "Jule Harms" },
  place: { address: "192.0.2.7", device: "", request_id: "" },
  entity: { kind: "person", id: "3", label: "Ole Boje" },
  before: {},
  after: {},
  ...change,
});
const german = formatFor("de", "Europe/Berlin");

beforeAll(async () => {
  await i18n.changeLanguage("de");
});

describe("the audit log in words", () => {
  it("names what was done", () => {
    expect(auditWords("role.changed")).toBe("Rolle geändert");
    expect(auditWords("patch_listing")).toBe("Angebot geändert");
  });

  it("puts words together for an operation that has none of its own", () => {
    expect(auditWords("archive_property")).toBe("Archiviert: Immobilie");
    expect(auditWords("remove_properties")).toBe("Entfernt: Immobilie");
    expect(auditWords("sing_to_ship")).toBe("sing to ship");
  });

  it("shows field, before and after as a person says them", () => {
    const changed = entry({
      before: { role: "member", is_active: true },
      after: { role: "read_only", is_active: false },
    });
    expect(changeWords(changed, german)).toEqual(["Rolle: Mitglied → Nur lesen", "Aktiv: ja → nein"]);
    expect(changeWords(entry({ after: { second_factor: "none" } }), german)).toEqual([
      "Zweiter Faktor: keiner",
    ]);
    expect(changeWords(entry({ after: { scopes: ["read", "write"] } }), german)).toEqual([
      "Rechte: lesen und ändern",
    ]);
    expect(changeWords(entry({ after: { due_at: "2026-12-21T11:00:00+00:00" } }), german)).toEqual([
      "Fällig: 21. Dez. 2026, 12:00",
    ]);
  });

  it("says who did it, also where nobody has a name", () => {
    expect(actorWords(entry({}))).toBe("Jule Harms");
    expect(actorWords(entry({ actor: { kind: "system", id: "", label: "" } }))).toBe("Kontor selbst");
  });
});
