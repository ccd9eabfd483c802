import { useTranslation } from "react-i18next";
import type { OrderDetail } from "@/api/types.gen";
import { useFormat } from "@/shared/format/format";
import { Thumb } from "@/shared/ui/Thumb";
import { To } from "@/shared/ui/To";
import css from "./Inbox.module.css";

/** What was bought, closed by the double rule. */
export function OrderLines({ order }: { order: OrderDetail }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const rest =
    order.total_minor - order.lines.reduce((sum, line) => sum + line.unit_price_minor * line.quantity, 0);
  return (
    <section className={`sheet ${css.lines}`} aria-label={t("lines.title")}>
      <div role="group" tabIndex={0} aria-label={t("lines.title")} className={css.linesScroll}>
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{t("lines.item")}</th>
              <th scope="col" className="num">
                {t("lines.quantity")}
              </th>
              <th scope="col" className="num">
                {t("lines.price")}
              </th>
              <th scope="col" className="num">
                {t("lines.sum")}
              </th>
            </tr>
          </thead>
          <tbody>
            {order.lines.map((line) => (
              <tr key={line.external_id}>
                <td className={css.item}>
                  <span className="row" style={{ gap: 12 }}>
                    <Thumb src={line.thumb} />
                    <span className="col">
                      {line.listing_id ? (
                        <To className="medium clip" to={`/listings/${line.listing_id}`}>
                          {line.title}
                        </To>
                      ) : (
                        <span className="medium clip">{line.title}</span>
                      )}
                      <span className="dim caption clip">{line.sku}</span>
                    </span>
                  </span>
                </td>
                <td className="num">
                  {format.number(line.quantity)}
                  {line.left_to_ship > 0 && line.left_to_ship < line.quantity && (
                    <span className="dim caption">
                      {" "}
                      ({format.number(line.left_to_ship)} {t("lines.left")})
                    </span>
                  )}
                </td>
                <td className="num">{format.money(line.unit_price_minor, line.currency)}</td>
                <td className="num">{format.money(line.unit_price_minor * line.quantity, line.currency)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {rest !== 0 && (
              <tr className={css.rest}>
                <td>{t("lines.rest")}</td>
                <td />
                <td />
                <td className="num">{format.money(rest, order.currency)}</td>
              </tr>
            )}
            <tr>
              <td>{t("lines.total")}</td>
              <td />
              <td />
              <td className="num">{format.money(order.total_minor, order.currency)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
