import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ImportDetail } from "@/api/types.gen";
import { Figures } from "@/features/imports/components/Figures";
import { jobQuery } from "@/shared/jobs/job";
import { LiveJob } from "@/shared/jobs/LiveJob";

/** Rows stream in; the page may be left, the work goes on. */
export function ProgressStep({ found }: { found: ImportDetail }) {
  const { t } = useTranslation("imports");
  const { data: job } = useQuery({ ...jobQuery(found.job_id ?? ""), enabled: found.job_id !== null });
  return (
    <>
      {job && <LiveJob job={job} />}
      <Figures found={found} />
      <p className="dim small">{t("progress.leave")}</p>
    </>
  );
}
