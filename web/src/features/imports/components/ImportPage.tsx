import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ImportDetail } from "@/api/types.gen";
import { importQuery } from "@/features/imports/api/imports";
import { MappingStep } from "@/features/imports/components/MappingStep";
import { ProgressStep } from "@/features/imports/components/ProgressStep";
import { ResultStep } from "@/features/imports/components/ResultStep";
import { Steps } from "@/features/imports/components/Steps";
import { useFormat } from "@/shared/format/format";
import { Body } from "@/shared/layout/Body";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { PageHeader } from "@/shared/ui/PageHeader";
import { PageSkeleton } from "@/shared/ui/Skeletons";
import css from "./Imports.module.css";

const stepOf: Record<ImportDetail["state"], number> = {
  mapping: 1,
  importing: 2,
  paused: 2,
  undoing: 2,
  done: 4,
  failed: 3,
  cancelled: 3,
  undone: 4,
};

/** What Excel calls it; the code says it to programs. */
const encodingName = (code: string) => (code === "cp1252" ? "Windows-1252" : code.toUpperCase());

function Step({ found }: { found: ImportDetail }) {
  if (found.state === "mapping") return <MappingStep found={found} />;
  if (stepOf[found.state] === 2) return <ProgressStep found={found} />;
  return <ResultStep found={found} />;
}

/** One import, at the step where it is. */
export function ImportPage() {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const { importId } = useParams({ strict: false }) as { importId: string };
  const { data: found, error, refetch } = useQuery(importQuery(importId));
  if (!found && !error) return <PageSkeleton />;
  if (!found) {
    return (
      <Body>
        <ProblemNote problem={error} onRetry={() => void refetch()} />
      </Body>
    );
  }
  const facts = [
    found.rows !== null && t("rows", { count: found.rows, number: format.number(found.rows) }),
    t(`form.${found.form}`),
    encodingName(found.encoding),
    t("delimiter", { sign: found.delimiter === "\t" ? t("tab") : found.delimiter }),
  ];
  return (
    <>
      <PageHeader
        title={found.file_name}
        crumbs={[
          { label: t("listings"), to: "/listings" },
          { label: t("title"), to: "/imports" },
        ]}
        facts={facts.filter(Boolean).join(" · ")}
      />
      <Body className={css.page}>
        <Steps active={stepOf[found.state]} />
        <Step found={found} />
      </Body>
    </>
  );
}
