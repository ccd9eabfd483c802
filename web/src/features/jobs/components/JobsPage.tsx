import { Button, SegmentedControl, Tabs } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { jobsQuery, lanes, tabs, type Lane, type Tab } from "@/features/jobs/api/jobs";
import { JobAside } from "@/features/jobs/components/JobAside";
import { JobTable } from "@/features/jobs/components/JobTable";
import { Planned } from "@/features/jobs/components/Planned";
import { MayNot } from "@/shared/auth/MayNot";
import { jobCountsQuery } from "@/shared/counts/counts";
import { useFormat } from "@/shared/format/format";
import { Body } from "@/shared/layout/Body";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { EmptyState } from "@/shared/ui/EmptyState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import css from "./Jobs.module.css";

interface ListProps {
  tab: Exclude<Tab, "planned">;
  lane: Lane | undefined;
  current?: string;
  onOpen: (id: string) => void;
}

function Jobs({ tab, lane, current, onOpen }: ListProps) {
  const { t } = useTranslation("jobs");
  const query = useInfiniteQuery(jobsQuery(tab, lane));
  const jobs = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) {
    return (
      <div className="sheet">
        <LedgerSkeleton rows={5} />
      </div>
    );
  }
  if (query.isError) return <ProblemNote problem={query.error} onRetry={() => void query.refetch()} />;
  if (jobs.length === 0) {
    return (
      <div className="sheet">
        <EmptyState look="struck" title={t(lane ? "empty.lane.title" : `empty.${tab}.title`)}>
          {t(lane ? "empty.lane.text" : `empty.${tab}.text`)}
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <JobTable jobs={jobs} current={current} onOpen={onOpen} />
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("action.more", { ns: "shared" })}
        </Button>
      )}
    </>
  );
}

/** Long work: where it is, what came of it, why it runs, and what comes next. */
export function JobsPage() {
  const { t } = useTranslation("jobs");
  const format = useFormat();
  const navigate = useNavigate();
  const { jobId } = useParams({ strict: false }) as { jobId?: string };
  const search = useSearch({ strict: false }) as { tab?: string; lane?: string };
  const tab = tabs.find((known) => known === search.tab) ?? "open";
  const lane = lanes.find((known) => known === search.lane);
  const { data: counts } = useQuery(jobCountsQuery);
  const open = counts && counts.running + counts.waiting + counts.paused;
  const badge: Partial<Record<Tab, number | undefined>> = {
    open,
    done: counts?.finished_today,
    failed: counts?.failed_today,
  };
  const address = (next: { tab?: string; lane?: string }) => ({
    tab: next.tab === "open" ? undefined : next.tab,
    lane: next.lane,
  });
  return (
    <>
      <PageHeader
        title={t("title")}
        facts={
          counts &&
          [
            t("facts.running", { count: counts.running + counts.waiting }),
            t("facts.paused", { count: counts.paused }),
            t("facts.finished", { count: counts.finished_today }),
          ].join(" · ")
        }
        tabs={
          <Tabs
            value={tab}
            onChange={(value) =>
              void navigate({ to: "/jobs", search: address({ tab: value ?? undefined, lane }) })
            }
          >
            <Tabs.List aria-label={t("views")}>
              {tabs.map((value) => (
                <Tabs.Tab key={value} value={value}>
                  {t(`tab.${value}`)}
                  {badge[value] !== undefined && (
                    <span className={`dim ${css.count}`}>{format.number(badge[value])}</span>
                  )}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
        }
      />
      <Body className={css.grid}>
        <div className={css.side}>
          <MayNot right="write" />
          {tab !== "planned" && (
            <>
              <SegmentedControl
                className={css.lanes}
                size="xs"
                aria-label={t("column.lane")}
                value={lane ?? "all"}
                onChange={(value) =>
                  void navigate({
                    to: "/jobs",
                    search: address({ tab, lane: value === "all" ? undefined : value }),
                  })
                }
                data={["all" as const, ...lanes].map((value) => ({ value, label: t(`lane.${value}`) }))}
              />
              <Jobs
                tab={tab}
                lane={lane}
                current={jobId}
                onOpen={(id) => void navigate({ to: `/jobs/${id}`, search: address({ tab, lane }) })}
              />
            </>
          )}
          {tab === "planned" && <Planned />}
          {tab === "open" && <Planned most={5} />}
        </div>
        <JobAside id={jobId} />
      </Body>
    </>
  );
}
