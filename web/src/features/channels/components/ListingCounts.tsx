import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { publicationCountsQuery } from "@/shared/counts/counts";
import { useFormat } from "@/shared/format/format";
import { To } from "@/shared/ui/To";

const groups = {
  live: ["live", "differs"],
  blocked: ["rejected", "login_needed", "in_doubt"],
  waiting: ["wanted", "sent", "unreachable"],
} as const;
const names = ["live", "blocked", "waiting"] as const;

/** How the listings of an account stand: on sale, held back, on their way; the largest fact first. */
export function ListingCounts({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation("channels");
  const format = useFormat();
  const { data, error } = useQuery(publicationCountsQuery);
  if (error) return <span className="dim small">{t("listings.unknown")}</span>;
  if (!data) return <span className="dim small" aria-busy="true">…</span>; // prettier-ignore
  const counts = data.get(connectionId) ?? {};
  const words = names
    .map((name) => ({ name, count: groups[name].reduce((sum, state) => sum + (counts[state] ?? 0), 0) }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => t(`listings.${name}`, { number: format.number(count) }));
  if (words.length === 0) return <span className="dim small">{t("listings.none")}</span>;
  return (
    <To to="/listings" className="col small">
      <span className="nowrap">{words[0]}</span>
      <span className="dim caption nowrap">{words.slice(1).join(", ")}</span>
    </To>
  );
}
