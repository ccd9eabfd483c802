import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { figuresQuery, shownDays } from "@/features/today/api/today";
import { dayOf } from "@/features/today/figures";
import { useFormat } from "@/shared/format/format";
import css from "./Today.module.css";

const steps = [4, 8, 12, 20, 40, 60, 80, 100, 200, 400, 600, 1000];
const lines = [1, 0.75, 0.5, 0.25, 0];

/** A round number at or above the highest bar, so that the lines stand at whole orders. */
function ceiling(highest: number): number {
  return steps.find((step) => step >= highest) ?? Math.ceil(highest / 1000) * 1000;
}

/** Orders per day as bars, and as a table for those who do not see them. */
export function Inflow() {
  const { t } = useTranslation("today");
  const format = useFormat();
  const { data } = useQuery(figuresQuery);
  const phone = useMediaQuery("(max-width: 760px)");
  if (!data) return null;
  const shown = phone ? shownDays / 2 : shownDays;
  const days = data.days.slice(-shown);
  const sum = days.reduce((before, day) => before + day.orders, 0);
  const top = ceiling(Math.max(...days.map((day) => day.orders)));
  const title = t("inflow.title", { count: shown });
  return (
    <section className={`sheet ${css.inflow}`} aria-labelledby="inflow">
      <header>
        <h2 id="inflow">{title}</h2>
        <span className="dim caption end">{t("inflow.sum", { count: sum, number: format.number(sum) })}</span>
      </header>
      <div className={css.chart} aria-hidden>
        <div className={css.scale}>
          {lines.map((part) => (
            <span key={part}>{format.number(top * part)}</span>
          ))}
        </div>
        <ol className={css.bars}>
          {days.map((day) => (
            <li key={day.date}>
              <i style={{ height: `${(day.orders / top) * 100}%` }} />
            </li>
          ))}
        </ol>
        <ol className={css.days}>
          {days.map((day) => (
            <li key={day.date}>{dayOf(day).getDate()}.</li>
          ))}
        </ol>
      </div>
      <table className="vh">
        <caption>{title}</caption>
        <tbody>
          {days.map((day) => (
            <tr key={day.date}>
              <th scope="row">{format.date(dayOf(day))}</th>
              <td>{day.orders}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
