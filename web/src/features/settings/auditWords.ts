import i18n from "i18next";
import type { EntryOut } from "@/api/types.gen";
import type { Format } from "@/shared/format/format";

/** What the log can be narrowed to: the first word of its actions. */
export const groups = [
  "session",
  "password",
  "email",
  "factor",
  "recovery",
  "profile",
  "person",
  "invitation",
  "role",
  "ownership",
  "tenant",
  "key",
  "webhook",
  "export",
  "erasure",
  "audit",
  "administration",
] as const;

/** Names come from the server, so their words are looked up and not typed. */
function look(key: string, options: object = {}): string | undefined {
  const translate = i18n.t as unknown as (key: string, options: object) => string;
  return i18n.exists(`settings:${key}`) ? translate(`settings:${key}`, options) : undefined;
}

const plain = (name: string) => name.replace(/[._]/g, " ").trim();

/** An action in the reader's language: in its own words, else from its verb and the thing that it was done to. */
export function auditWords(action: string): string {
  const own = look(`did.${action.replace(".", "_")}`);
  if (own) return own;
  const [first = "", ...rest] = action.split(/[._]/);
  const name = rest.join("_");
  const singular = name.replace(/ies$/, "y").replace(/s$/, "");
  const verb = look(`didGeneric.verb.${first}`);
  const noun = look(`didGeneric.noun.${name}`) ?? look(`didGeneric.noun.${singular}`) ?? plain(name);
  if (verb && noun) return look("didGeneric.pattern", { verb, noun }) ?? verb;
  return verb ?? plain(action);
}

/** Who did it: their name, else what they are. */
export const actorWords = ({ actor }: EntryOut): string =>
  actor.label || look(`audit.by.${actor.kind}`) || plain(actor.kind);

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

function valueWords(field: string, value: unknown, format: Format): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return look(`audit.value.${value ? "yes" : "no"}`) ?? String(value);
  if (typeof value === "number") return format.number(value);
  if (Array.isArray(value)) return format.list(value.map((each) => valueWords(field, each, format)));
  if (typeof value !== "string") return JSON.stringify(value);
  if (moment.test(value)) {
    const at = new Date(value);
    return `${format.date(at)}, ${format.time(at)}`;
  }
  if (field === "role") return i18n.t(`auth:role.${value as "owner"}`, { defaultValue: value });
  const isCode = ["second_factor", "because", "scopes", "kind"].includes(field);
  return (isCode && look(`audit.value.${value}`)) || value;
}

/** What changed, as "field: before → after". */
export function changeWords(entry: EntryOut, format: Format): string[] {
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])];
  return names.map((name) => {
    const after = valueWords(name, entry.after[name], format);
    const value = name in entry.before ? `${valueWords(name, entry.before[name], format)} → ${after}` : after;
    const field = look(`audit.field.${name}`) ?? plain(name);
    return look("audit.change", { field, value }) ?? value;
  });
}
