import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { recentOrdersQuery, shownDays } from "@/features/today/api/today";
import { perDay } from "@/features/today/needs";
import { useNow } from "@/shared/format/clock";
import { useFormat } from "@/shared/format/format";
import css from "./Today.module.css";

const height = 160;
const left = 34;
const slot = 46;

/** A round number at or above the highest bar, so that the lines stand at whole orders. */
function ceiling(highest: number): number {
  const steps = [4, 8, 12, 20, 40, 60, 80, 100, 200, 400, 600, 1000];
  return steps.find((step) => step >= highest) ?? Math.ceil(highest / 1000) * 1000;
}

/** Orders per day as bars, and as a table for those who do not see them. */
export function Inflow() {
  const { t } = useTranslation("today");
  const format = useFormat();
  const now = new Date(useNow());
  const { data } = useQuery(recentOrdersQuery);
  const phone = useMediaQuery("(max-width: 760px)");
  if (!data || data.length === 0) return null;
  const shown = phone ? 7 : shownDays;
  const days = perDay(
    data.map((order) => order.placed_at),
    shown,
    now,
  );
  const top = ceiling(Math.max(...days.map((day) => day.count)));
  const width = left + shown * slot;
  const y = (count: number) => 8 + height - (count / top) * height;
  return (
    <section className="sheet" aria-labelledby="inflow">
      <header>
        <h2 id="inflow">{t("inflow.title", { count: shown })}</h2>
        <span className="dim caption end">
          {t("inflow.sum", { count: data.length, number: format.number(data.length) })}
        </span>
      </header>
      <div className={css.chart}>
        <svg viewBox={`0 0 ${width} ${height + 32}`} width="100%" aria-hidden>
          {[0, 0.25, 0.5, 0.75, 1].map((part) => (
            <g key={part}>
              <path d={`M${left} ${y(top * part)}H${width}`} className={css.gridLine} />
              <text x={left - 8} y={y(top * part) + 4} textAnchor="end">
                {format.number(top * part)}
              </text>
            </g>
          ))}
          {days.map((day, at) => (
            <g key={day.date.toISOString()}>
              <rect
                x={left + at * slot + slot / 2 - 11}
                width={22}
                y={y(day.count)}
                height={8 + height - y(day.count)}
                className={css.bar}
              />
              <text x={left + at * slot + slot / 2} y={height + 26} textAnchor="middle">
                {day.date.getDate()}.
              </text>
            </g>
          ))}
        </svg>
        <div className="vh">
          <table>
            <caption>{t("inflow.title", { count: shown })}</caption>
            <tbody>
              {days.map((day) => (
                <tr key={day.date.toISOString()}>
                  <th scope="row">{format.date(day.date)}</th>
                  <td>{day.count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}
