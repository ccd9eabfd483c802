import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { byChannelState, listingCountsQuery } from "@/shared/counts/counts";
import { useFormat } from "@/shared/format/format";
import { ProofBar, ProofLegend, type Share } from "@/shared/states/ProofBar";
import css from "./Today.module.css";

const order = ["live", "sent", "differs", "rejected", "login_needed", "unreachable", "in_doubt", "wanted"];

/** How much of what is wanted on the channels was read back from them. */
export function Proof() {
  const { t } = useTranslation("today");
  const format = useFormat();
  const { data } = useQuery(listingCountsQuery);
  if (!data) return null;
  const more = byChannelState(data.more);
  const shares: Share[] = order
    .map((state) => ({ state, count: more[state] ?? 0 }))
    .filter((share) => share.count > 0);
  const wanted = shares.reduce((sum, share) => sum + share.count, 0);
  const live = more.live ?? 0;
  const share = wanted > 0 ? live / wanted : 0;
  const numbers = { live: format.number(live), wanted: format.number(wanted) };
  return (
    <section className="sheet" aria-labelledby="proof">
      <header>
        <h2 id="proof">{t("proof.title")}</h2>
        <span className="dim caption end">
          {t("proof.wanted", { count: wanted, number: numbers.wanted })}
        </span>
      </header>
      <div className={css.proof}>
        {wanted === 0 ? (
          <p className="ink2 small">{t("proof.none")}</p>
        ) : (
          <>
            <p className={css.big}>
              <b>{numbers.live}</b> {t("proof.live", { count: live, share: format.percent(share) })}
            </p>
            <ProofBar shares={shares} height={12} label={t("proof.label", numbers)} />
            <ProofLegend shares={shares} columns />
          </>
        )}
      </div>
    </section>
  );
}
