import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { JobItemOut, JobOut } from "@/api/types.gen";
import { chainQuery, jobItemsQuery } from "@/features/jobs/api/jobs";
import { useFormat } from "@/shared/format/format";
import { jobQuery, stateOf } from "@/shared/jobs/job";
import { useCauseWords, useJobWords } from "@/shared/jobs/useJobWords";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useProblemWords } from "@/shared/problems/words";
import { StateText, useStateWord } from "@/shared/states/Chip";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";
import { To } from "@/shared/ui/To";
import css from "./Jobs.module.css";

function Chain({ job }: { job: JobOut }) {
  const { t } = useTranslation("jobs");
  const format = useFormat();
  const words = useJobWords();
  const causeWords = useCauseWords();
  const problemWords = useProblemWords();
  const stateWord = useStateWord();
  const { data: chain } = useQuery(chainQuery(job));
  const [root = job] = chain;
  const steps = [
    { at: root.created_at, title: t("chain.asked", { by: causeWords(root.cause) }), text: "" },
    ...chain.slice(0, -1).map((one) => ({ at: one.leased_at ?? one.created_at, title: words(one).title, text: one.note })),
    ...(chain.length > 1 ? [{ at: job.created_at, title: words(job).title, text: "" }] : []),
    ...(job.leased_at
      ? [{ at: job.leased_at, title: t("chain.begun"), text: t("chain.attempt", { count: job.attempts }) }]
      : []),
    ...(job.finished_at ? [{ at: job.finished_at, title: stateWord(stateOf(job)), text: job.note }] : []),
  ]; // prettier-ignore
  return (
    <ol className={css.chain}>
      {steps.map((step, at) => (
        <li key={`${step.at} ${step.title}`} data-last={at === steps.length - 1 || undefined}>
          <time dateTime={step.at}>{format.seconds(new Date(step.at))}</time>
          <div>
            <p className="medium">{step.title}</p>
            {step.text && <p className="dim caption">{step.text}</p>}
          </div>
        </li>
      ))}
      {job.problem && <li className={css.problem}>{problemWords(job.problem).title}</li>}
    </ol>
  );
}

function Item({ item }: { item: JobItemOut }) {
  const format = useFormat();
  const words = useProblemWords();
  return (
    <li>
      {item.ref_kind === "listing" ? (
        <To className="small clip grow link" to={`/listings/${item.ref_id}`} title={item.label}>
          {item.label || item.ref_id}
        </To>
      ) : (
        <span className="small clip grow" title={item.label}>
          {item.label || item.ref_id}
        </span>
      )}
      <span className={css.res}>
        <StateText state={item.state} />
        <span className="dim caption">
          {item.problem ? words(item.problem).title : format.seconds(new Date(item.at))}
        </span>
      </span>
    </li>
  );
}

function Results({ id }: { id: string }) {
  const { t } = useTranslation("jobs");
  const query = useInfiniteQuery(jobItemsQuery(id));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isError) return <ProblemNote problem={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="results">
      <header>
        <h2 id="results">{t("results.title")}</h2>
        <span className="dim caption end">{t("results.order")}</span>
      </header>
      <ul className={css.results}>
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
      {query.hasNextPage && (
        <footer>
          <Button
            size="xs"
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t("action.more", { ns: "shared" })}
          </Button>
        </footer>
      )}
    </section>
  );
}

/** Why the chosen job runs, and what came of each thing it worked on. */
export function JobAside({ id }: { id?: string }) {
  const { t } = useTranslation("jobs");
  const words = useJobWords();
  const { data: job, error, refetch } = useQuery({ ...jobQuery(id ?? ""), enabled: id !== undefined });
  if (!id) return <aside className={`${css.side} ${css.hint}`}>{t("choose")}</aside>;
  return (
    <aside className={css.side} aria-label={t("aside")}>
      {error && !job && <ProblemNote problem={error} onRetry={() => void refetch()} />}
      {!error && !job && (
        <section className="sheet">
          <LedgerSkeleton rows={3} />
        </section>
      )}
      {job && (
        <section className="sheet" aria-labelledby="why">
          <header>
            <h2 id="why" className="clip">
              {words(job).title}
            </h2>
          </header>
          <Chain job={job} />
          {job.parent_id && (
            <footer className="small">
              <To className="link" to={`/jobs/${job.parent_id}`}>
                {t("parent")}
              </To>
            </footer>
          )}
        </section>
      )}
      {job && <Results id={id} />}
    </aside>
  );
}
