import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { openJobsQuery } from "@/features/today/api/today";
import { Arrivals } from "@/features/today/components/Arrivals";
import { Figures } from "@/features/today/components/Figures";
import { Inflow } from "@/features/today/components/Inflow";
import { Needs } from "@/features/today/components/Needs";
import { Proof } from "@/features/today/components/Proof";
import { useRights } from "@/shared/auth/rights";
import { useNow } from "@/shared/format/clock";
import { useFormat } from "@/shared/format/format";
import { LiveJob } from "@/shared/jobs/LiveJob";
import { Body } from "@/shared/layout/Body";
import { useLiveState } from "@/shared/live/live";
import { PageHeader } from "@/shared/ui/PageHeader";
import { To } from "@/shared/ui/To";
import css from "./Today.module.css";

/** What needs a hand now, what is proven, what came in. */
export function TodayPage() {
  const { t } = useTranslation("today");
  const format = useFormat();
  const live = useLiveState();
  const may = useRights().write;
  const now = new Date(useNow());
  const { data: jobs } = useQuery(openJobsQuery);
  const running = jobs?.filter((job) => job.total > 1).slice(0, 2) ?? [];
  const asOf = live.status === "live" ? now : live.asOf;
  return (
    <>
      <PageHeader
        title={t("title")}
        facts={[
          format.longDate(now),
          asOf && t(live.status === "live" ? "live" : "asOf", { time: format.time(asOf) }),
        ]
          .filter(Boolean)
          .join(" · ")}
        actions={
          may && (
            <>
              <Button component={To} to="/imports" variant="default">
                {t("import")}
              </Button>
              <Button component={To} to="/listings/new" leftSection={<IconPlus size={16} />}>
                {t("new")}
              </Button>
            </>
          )
        }
      />
      <Body className={css.grid}>
        <div className={css.side}>
          <Needs />
          {running.map((job) => (
            <LiveJob key={job.id} job={job} />
          ))}
          <Inflow />
        </div>
        <div className={css.side}>
          <Proof />
          <Arrivals />
          <Figures />
        </div>
      </Body>
    </>
  );
}
