import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { DayFigures } from "@/api/types.gen";
import { figuresQuery, shownDays } from "@/features/today/api/today";
import { dayOf, ordersOf, revenueCourses, revenueOf } from "@/features/today/figures";
import { useFormat } from "@/shared/format/format";
import css from "./Today.module.css";

const steps = [4, 8, 12, 20, 40, 60, 80, 100, 200, 400, 600, 1000];
const lines = [1, 0.75, 0.5, 0.25, 0];
/** From so many days with orders on, bars tell more than lines. */
const courseFrom = 4;

/** A round number at or above the highest bar, so that the lines stand at whole orders. */
function ceiling(highest: number): number {
  return steps.find((step) => step >= highest) ?? Math.ceil(highest / 1000) * 1000;
}

/** Orders per day as bars, and as a table for those who do not see them. */
function Chart({ days, title }: { days: DayFigures[]; title: string }) {
  const format = useFormat();
  const top = ceiling(Math.max(...days.map((day) => day.orders)));
  return (
    <>
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
    </>
  );
}

/** The first days of a shop, line by line: one bar alone says nothing, a line says what came of the day. */
function FirstDays({ days }: { days: DayFigures[] }) {
  const { t } = useTranslation("today");
  const format = useFormat();
  const busy = days.filter((day) => day.orders > 0).toReversed();
  const courses = revenueCourses(days);
  const earned = (one: DayFigures[]) =>
    format.list(revenueOf(one).map(({ minor, currency }) => format.money(minor, currency))) || "–";
  if (busy.length === 0) return <p className={css.quiet}>{t("inflow.first")}</p>;
  return (
    <>
      <table className="ledger dense">
        <thead>
          <tr>
            <th scope="col">{t("inflow.day")}</th>
            <th scope="col" className="num">
              {t("inflow.orders")}
            </th>
            {courses.length > 0 && (
              <th scope="col" className="num">
                {t("inflow.revenue")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {busy.map((day) => (
            <tr key={day.date}>
              <td>{day === days.at(-1) ? t("inflow.today") : format.date(dayOf(day))}</td>
              <td className="num">{format.number(day.orders)}</td>
              {courses.length > 0 && <td className="num">{earned([day])}</td>}
            </tr>
          ))}
        </tbody>
        {busy.length > 1 && (
          <tfoot>
            <tr>
              <td>{t("inflow.total")}</td>
              <td className="num">{format.number(ordersOf(busy))}</td>
              {courses.length > 0 && <td className="num">{earned(busy)}</td>}
            </tr>
          </tfoot>
        )}
      </table>
      <p className={css.quiet}>{t("inflow.few")}</p>
    </>
  );
}

/** What came in day by day: as a chart once there is a course to see, before that as lines. */
export function Inflow() {
  const { t } = useTranslation("today");
  const format = useFormat();
  const { data } = useQuery(figuresQuery);
  const phone = useMediaQuery("(max-width: 760px)");
  if (!data) return null;
  const isCourse = data.days.filter((day) => day.orders > 0).length >= courseFrom;
  const days = phone && isCourse ? data.days.slice(-shownDays / 2) : data.days;
  const title = t("inflow.title", { count: days.length });
  const sum = ordersOf(days);
  return (
    <section className={isCourse ? `sheet ${css.inflow}` : "sheet"} aria-labelledby="inflow">
      <header>
        <h2 id="inflow">{title}</h2>
        {isCourse && (
          <span className="dim caption end">
            {t("inflow.sum", { count: sum, number: format.number(sum) })}
          </span>
        )}
      </header>
      {isCourse ? <Chart days={days} title={title} /> : <FirstDays days={days} />}
    </section>
  );
}
