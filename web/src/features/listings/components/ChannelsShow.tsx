import { useQueries, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ConnectionOut, ProductOut, PublicationDetail } from "@/api/types.gen";
import { publicationQuery } from "@/features/listings/api/shown";
import { connectionsQuery } from "@/shared/connections/connections";
import { useFormat } from "@/shared/format/format";
import { publicationsOfQuery } from "@/shared/publications/publications";
import { Age } from "@/shared/states/Age";
import { Chip } from "@/shared/states/Chip";
import { Mark } from "@/shared/states/Mark";
import { useWithAge } from "@/shared/states/proven";
import css from "./Product.module.css";

/** How a catalogue price becomes the price there, in words. */
function useRuleWords(): (connection: ConnectionOut, currency: string | undefined) => string {
  const { t } = useTranslation("listings");
  const format = useFormat();
  return ({ price_rule: rule }, currency) => {
    const rate = Number((currency && rule?.from?.[currency]) ?? 1);
    const percent = Number(rule?.percent ?? 0);
    const ending = rule?.round_to && rule.round_to !== "none" ? rule.round_to : undefined;
    return [
      t("shows.base"),
      rate !== 1 && `× ${format.number(rate)}`,
      percent !== 0 && `${percent > 0 ? "+" : "−"} ${format.number(Math.abs(percent))} %`,
      ending && t("shows.rounded", { to: ending.replace(".", format.decimalSign) }),
    ]
      .filter(Boolean)
      .join(" ");
  };
}

interface RowProps {
  publication: PublicationDetail;
  connection: ConnectionOut;
  sku: string;
  currency: string | undefined;
}

function Row({ publication, connection, sku, currency }: RowProps) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const aged = useWithAge();
  const ruleWords = useRuleWords();
  const { shown, state, proved_at: proved, fresh_for_seconds: fresh } = publication;
  const seen = shown.variants?.[sku];
  const differs = (field: string) =>
    publication.differences.some((one) => one.sku === sku && one.field === field && !one.reason) || undefined;
  const price =
    seen &&
    format.money(Math.round(Number(seen.price) * 10 ** format.decimals(seen.currency)), seen.currency);
  return (
    <tr>
      <th scope="row">
        <span className="row small nowrap">
          <Mark channel={connection.channel} size={22} />
          <span className={css.shownName}>
            {connection.label}
            {shown.title && (
              <span className="dim caption clip" title={shown.title}>
                {shown.title}
              </span>
            )}
          </span>
        </span>
      </th>
      <td className="small ink2 nowrap">{ruleWords(connection, currency)}</td>
      <td className="num small" data-differs={differs("price")}>
        {price ?? "–"}
      </td>
      <td className="num small" data-differs={differs("quantity")}>
        {seen ? format.number(seen.quantity) : "–"}
      </td>
      <td>
        <Chip state={aged(state, proved, fresh)} />
      </td>
      <td className="num small">
        <Age since={proved} freshForSeconds={fresh} none={t("panel.noProof")} />
      </td>
    </tr>
  );
}

/** What each channel shows of one variant now: as it was read back, not as it is supposed to be. */
export function ChannelsShow({ product, variantId }: { product: ProductOut; variantId: string | undefined }) {
  const { t } = useTranslation("listings");
  const { data: connections } = useQuery(connectionsQuery);
  const { data: publications } = useQuery(publicationsOfQuery(product.id));
  const details = useQueries({ queries: (publications ?? []).map(({ id }) => publicationQuery(id)) });
  const variant = product.variants.find((one) => one.id === variantId) ?? product.variants[0];
  if (!variant || !publications || publications.length === 0) return null;
  const rows = details.flatMap(({ data }) => {
    const connection = connections?.find((one) => one.id === data?.connection_id);
    return data && connection ? [{ publication: data, connection }] : [];
  });
  const name = Object.values(variant.options).join(" ") || variant.sku;
  return (
    <section className="sheet" aria-labelledby="shows">
      <header>
        <h2 id="shows">{t("shows.title", { variant: name })}</h2>
        <span className="dim caption end desktop">{t("shows.proof")}</span>
      </header>
      <div className={css.scroll} role="group" aria-labelledby="shows" tabIndex={0}>
        <table className={`ledger dense ${css.shows}`}>
          <thead>
            <tr>
              <th scope="col">{t("shows.channel")}</th>
              <th scope="col">{t("shows.rule")}</th>
              <th scope="col" className="num">
                {t("field.price")}
              </th>
              <th scope="col" className="num">
                {t("column.stock")}
              </th>
              <th scope="col">{t("shows.state")}</th>
              <th scope="col" className="num">
                {t("column.proof")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ publication, connection }) => (
              <Row
                key={publication.id}
                publication={publication}
                connection={connection}
                sku={variant.sku}
                currency={variant.price?.currency}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
