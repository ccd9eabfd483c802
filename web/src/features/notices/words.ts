import i18n from "i18next";
import type { NoticeOut } from "@/api/types.gen";

/** A notice in the reader's language; events come from the server, so their words are looked up and not typed. */
export function noticeWords({ event, params }: Pick<NoticeOut, "event" | "params">): string {
  const key = `notices:event.${event.replaceAll(".", "_")}`;
  const translate = i18n.t as unknown as (key: string, options?: object) => string;
  return i18n.exists(key) ? translate(key, params) : event;
}
