import { Button } from "@mantine/core";
import { IconArrowBackUp, IconDownload, IconPlayerPlay } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ChangeOut, ImportDetail } from "@/api/types.gen";
import {
  changesQuery,
  refusalsQuery,
  useDownloadRefused,
  useStartImport,
  useUndoImport,
} from "@/features/imports/api/imports";
import { Figures } from "@/features/imports/components/Figures";
import { RefusalTable } from "@/features/imports/components/RefusalTable";
import { useRights } from "@/shared/auth/rights";
import { FieldProblem } from "@/shared/problems/FieldProblem";
import { Problem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useProblemWords } from "@/shared/problems/words";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Thumb } from "@/shared/ui/Thumb";
import { To } from "@/shared/ui/To";
import { confirm } from "@/shared/ui/toast";
import css from "./Imports.module.css";

function Refused({ found }: { found: ImportDetail }) {
  const { t } = useTranslation("imports");
  const query = useInfiniteQuery(refusalsQuery(found.id));
  const name = found.file_name.replace(/(\.\w+)?$/, t("refused.suffix"));
  const download = useDownloadRefused(found.id, name);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="refused">
      <header>
        <h2 id="refused">{t("refused.title")}</h2>
        <Button
          className="end"
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          {t("refused.download")}
        </Button>
      </header>
      {download.isError && <ProblemNote problem={download.error} />}
      <RefusalTable refusals={rows} />
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

function Change({ change }: { change: ChangeOut }) {
  const { t } = useTranslation("imports");
  const left = change.left_because ? t(`left.${change.left_because}`) : "";
  return (
    <li>
      <Thumb src={change.thumb} />
      <div className="grow col">
        <To className="medium clip" to={`/listings/${change.listing_id}`}>
          {change.title || change.reference}
        </To>
        <span className="dim caption clip">{change.reference}</span>
        {change.problems.map((problem) => (
          <FieldProblem key={problem.code} problem={problem} />
        ))}
      </div>
      <span className="small ink2">
        {change.undone ? t(`undone.${change.undone}`) : t(`action.${change.action}`)}
        {left && `, ${left}`}
      </span>
    </li>
  );
}

function Changes({ id }: { id: string }) {
  const { t } = useTranslation("imports");
  const query = useInfiniteQuery(changesQuery(id));
  const changes = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isSuccess && changes.length === 0) {
    return (
      <div className="sheet">
        <EmptyState title={t("nothing.title")}>{t("nothing.text")}</EmptyState>
      </div>
    );
  }
  if (changes.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="changes">
      <header>
        <h2 id="changes">{t("changes")}</h2>
      </header>
      <ul className={css.changes}>
        {changes.map((change) => (
          <Change key={change.listing_id} change={change} />
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

/** What came of it: figures, the refused rows to mend, every listing touched, and the way back. */
export function ResultStep({ found }: { found: ImportDetail }) {
  const { t } = useTranslation("imports");
  const words = useProblemWords();
  const { write } = useRights();
  const undo = useUndoImport(found.id);
  const start = useStartImport(found.id);
  const failed = undo.error ?? start.error;
  return (
    <>
      {failed && <ProblemNote problem={failed} />}
      {found.problem && (
        <ProblemNote
          problem={new Problem(found.problem.code, 422, words(found.problem).title, found.problem.params)}
        />
      )}
      <Figures found={found} />
      <div className="row wrap">
        <Button component={To} to="/listings" variant={found.state === "done" ? "filled" : "default"}>
          {t("toListings")}
        </Button>
        {write && found.steps.includes("start") && (
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={16} />}
            loading={start.isPending}
            onClick={() => start.mutate(found.update_existing ? "update" : "refuse")}
          >
            {t("goOn")}
          </Button>
        )}
        {write && found.steps.includes("undo") && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} />}
            loading={undo.isPending}
            onClick={() => undo.mutate(undefined, { onSuccess: () => confirm(t("undoing")) })}
          >
            {t("undo")}
          </Button>
        )}
      </div>
      {found.refused > 0 && <Refused found={found} />}
      <Changes id={found.id} />
    </>
  );
}
