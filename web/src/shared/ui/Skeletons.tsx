import { Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./Skeletons.module.css";

const patienceMilliseconds = 150;

/** Nothing flickers: what loads faster than this is never announced. */
function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), patienceMilliseconds);
    return () => window.clearTimeout(timer);
  }, []);
  return late;
}

/** Rows in the shape of the ledger that is being loaded. */
export function LedgerSkeleton({ rows = 8, label }: { rows?: number; label?: string }) {
  const { t } = useTranslation("shared");
  const late = useLate();
  if (!late) return <div className={css.room} aria-busy />;
  return (
    <ul className={css.rows} aria-busy aria-label={label ?? t("loading")}>
      {Array.from({ length: rows }, (_, row) => (
        <li key={row}>
          <Skeleton w={44} h={36} className={css.picture} />
          <div className="grow">
            <Skeleton h={10} w={`${48 + ((row * 17) % 30)}%`} />
            <Skeleton h={8} w={`${30 + ((row * 11) % 24)}%`} mt={8} />
          </div>
          <Skeleton h={10} w={60} />
          <Skeleton h={22} w={92} />
        </li>
      ))}
    </ul>
  );
}

/** A page whose shape is not known yet. */
export function PageSkeleton() {
  const { t } = useTranslation("shared");
  const late = useLate();
  if (!late) return <div className={css.room} aria-busy />;
  return (
    <div className={css.page} aria-busy aria-label={t("loading")}>
      <Skeleton h={26} w={220} />
      <Skeleton h={10} w={340} mt={12} />
      <div className={`sheet ${css.sheet}`}>
        <LedgerSkeleton />
      </div>
    </div>
  );
}
