import { Button } from "@mantine/core";
import {
  IconArrowBackUp,
  IconPlayerPause,
  IconPlayerPlay,
  IconRepeat,
  IconSend,
  IconX,
  type Icon,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { JobOut } from "@/api/types.gen";
import { undoableImportsQuery, useUndoImport, useWishForRun } from "@/features/jobs/api/jobs";
import { useRights } from "@/shared/auth/rights";
import { isOver, refusalsOf, useCancelJob, usePauseJob, useRepeatJob, useResumeJob } from "@/shared/jobs/job";
import { confirm } from "@/shared/ui/toast";
import css from "./Jobs.module.css";

interface Way {
  id: string;
  words: string;
  icon: Icon;
  /** Shown as its icon alone, with the words for those who hear the page. */
  iconOnly?: true;
  isBusy: boolean;
  go: () => void;
}

/** The ways on for a job that runs: hold it, let it go on, end it. */
function useSteering(job: JobOut): Way[] {
  const { t } = useTranslation("shared");
  const cancel = useCancelJob();
  const pause = usePauseJob();
  const resume = useResumeJob();
  const held = job.status === "paused" || job.wish === "pause";
  return [
    held
      ? { id: "resume", words: t("job.resume"), icon: IconPlayerPlay, isBusy: resume.isPending, go: () => resume.mutate(job.id) }
      : { id: "pause", words: t("job.pause"), icon: IconPlayerPause, iconOnly: true, isBusy: pause.isPending, go: () => pause.mutate(job.id) },
    { id: "cancel", words: t("job.cancel"), icon: IconX, iconOnly: true, isBusy: cancel.isPending, go: () => cancel.mutate(job.id) },
  ]; // prettier-ignore
}

/** The ways back, or on, from a job that ended: undo it, do the opposite, ask again. */
function useAftermath(job: JobOut): Way[] {
  const { t } = useTranslation("jobs");
  const repeat = useRepeatJob();
  const run = useWishForRun();
  const undo = useUndoImport();
  const isImport = job.kind === "imports.run" && isOver(job);
  const { data: imports } = useQuery({ ...undoableImportsQuery, enabled: isImport });
  const importId = isImport ? imports?.get(job.id) : undefined;
  const ways: Way[] = [];
  const wish = (
    id: string,
    words: string,
    icon: Icon,
    what: "publish" | "withdraw",
    states: string[],
  ): Way => ({
    id,
    words,
    icon,
    isBusy: run.isPending,
    go: () =>
      run.mutate(
        { run: job.id, wish: what, states },
        { onSuccess: (count) => confirm(count > 0 ? t(`wished.${what}`, { count }) : t("wished.nothing")) },
      ),
  });
  if (job.repeatable)
    ways.push({
      id: "repeat",
      words: t("repeat"),
      icon: IconRepeat,
      isBusy: repeat.isPending,
      go: () => repeat.mutate(job.id, { onSuccess: () => confirm(t("repeated")) }),
    });
  if (importId)
    ways.push({
      id: "undo",
      words: t("action.undo", { ns: "shared" }),
      icon: IconArrowBackUp,
      isBusy: undo.isPending,
      go: () => undo.mutate(importId, { onSuccess: () => confirm(t("undone")) }),
    });
  if (job.kind === "publishing.run" && isOver(job)) {
    if (refusalsOf(job) > 0) ways.push(wish("resend", t("resend"), IconSend, "publish", ["rejected"]));
    if (job.label === "publish" && (job.tallies.live ?? 0) > 0)
      ways.push(wish("withdraw", t("withdraw"), IconArrowBackUp, "withdraw", ["live", "differs"]));
    if (job.label === "withdraw" && (job.tallies.withdrawn ?? 0) > 0)
      ways.push(wish("publish", t("publishAgain"), IconArrowBackUp, "publish", ["withdrawn"]));
  }
  return ways;
}

/** What can be done about a job now; nothing for who may only read. */
export function JobActions({ job, title }: { job: JobOut; title: string }) {
  const steering = useSteering(job);
  const aftermath = useAftermath(job);
  if (!useRights().write) return null;
  return (
    <span className={css.actions}>
      {(isOver(job) ? aftermath : steering).map((way) => (
        <Button
          key={way.id}
          size="compact-sm"
          variant="default"
          loading={way.isBusy}
          aria-label={`${way.words}: ${title}`}
          leftSection={way.iconOnly ? undefined : <way.icon size={14} aria-hidden />}
          onClick={way.go}
        >
          {way.iconOnly ? <way.icon size={15} aria-hidden /> : way.words}
        </Button>
      ))}
    </span>
  );
}
