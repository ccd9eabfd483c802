import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OrderFigures } from "@/api/types.gen";
import { figuresQuery } from "@/features/today/api/today";
import { linePoints, revenueCourses, type Course } from "@/features/today/figures";
import { listingCountsQuery } from "@/shared/counts/counts";
import { useFormat } from "@/shared/format/format";
import { Age } from "@/shared/states/Age";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Today.module.css";

const box = { width: 64, height: 28 };
const week = 7;
/** Fewer days with something on them make no line, but a spike. */
const courseFrom = 4;

/** The course of the last days, without a scale: whether it rises or falls. */
function Sparkline({ values }: { values: number[] }) {
  const points = linePoints(values, box.width - 2, box.height - 4);
  const line = points.map(([x, y]) => `${(x + 1).toFixed(1)} ${(y + 2).toFixed(1)}`).join("L");
  return (
    <svg {...box} viewBox={`0 0 ${box.width} ${box.height}`} className={css.spark} aria-hidden>
      <path d={`M1 ${box.height}L${line}L${box.width - 1} ${box.height}Z`} data-area />
      <path d={`M${line}`} />
    </svg>
  );
}

interface FigureProps {
  label: string;
  value: string;
  note: ReactNode;
  course?: number[];
}

function Figure({ label, value, note, course }: FigureProps) {
  return (
    <div className={css.figure}>
      <dt className="dim caption">{label}</dt>
      <dd>
        <b className={css.value}>{value}</b> <span className="dim caption">{note}</span>
      </dd>
      {course && course.filter(Boolean).length >= courseFrom && <Sparkline values={course} />}
    </div>
  );
}

function Revenue({ course: { currency, days } }: { course: Course }) {
  const { t } = useTranslation("today");
  const format = useFormat();
  const money = (minor: number | undefined) => format.money(minor ?? 0, currency);
  return (
    <Figure
      label={t("figure.revenue")}
      value={money(days.at(-1))}
      note={t("figure.weekAgo", { value: money(days.at(-1 - week)) })}
      course={days}
    />
  );
}

function Inside({ figures }: { figures: OrderFigures }) {
  const { t } = useTranslation("today");
  const format = useFormat();
  const { data: listings } = useQuery(listingCountsQuery);
  const orders = figures.days.map((day) => day.orders);
  const sum = orders.reduce((before, count) => before + count, 0);
  const courses = revenueCourses(figures.days);
  return (
    <dl className={css.figures}>
      {courses.map((course) => (
        <Revenue key={course.currency} course={course} />
      ))}
      {courses.length === 0 && (
        <Figure
          label={t("figure.revenue")}
          value="–"
          note={t("figure.noRevenue", { count: orders.length })}
        />
      )}
      <Figure
        label={t("figure.orders")}
        value={format.number(orders.at(-1) ?? 0)}
        note={t("figure.ordersIn", { count: orders.length, number: format.number(sum) })}
        course={orders}
      />
      <Figure
        label={t("figure.toShip")}
        value={format.number(figures.to_ship)}
        note={
          figures.to_ship_since ? (
            <>
              {t("figure.oldest")} <Age since={figures.to_ship_since} />
            </>
          ) : (
            t("figure.allShipped")
          )
        }
      />
      {listings && (
        <Figure
          label={t("figure.listings")}
          value={format.number(listings.total)}
          note={t("figure.outOfStock", {
            count: listings.out_of_stock,
            number: format.number(listings.out_of_stock),
          })}
        />
      )}
    </dl>
  );
}

/** The day in figures: revenue for each currency, orders, what waits, what is offered. */
export function Figures() {
  const { t } = useTranslation("today");
  const { data, error, refetch } = useQuery(figuresQuery);
  return (
    <section className="sheet" aria-label={t("figure.title")}>
      {error && !data && <ProblemNote problem={error} onRetry={() => void refetch()} />}
      {data ? <Inside figures={data} /> : !error && <LedgerSkeleton rows={3} />}
    </section>
  );
}
