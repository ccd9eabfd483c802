import i18n from "i18next";

/** What the log can be narrowed to: the first word of its actions. */
export const groups = [
  "session",
  "password",
  "email",
  "factor",
  "person",
  "invitation",
  "role",
  "ownership",
  "tenant",
  "key",
  "webhook",
  "export",
  "erasure",
  "connection",
] as const;

/** An action in the reader's language; the name of the operation where it has no words of its own. */
export function auditWords(action: string): string {
  const key = `settings:did.${action.replace(".", "_")}`;
  return i18n.exists(key) ? (i18n.t as unknown as (key: string) => string)(key) : action;
}
