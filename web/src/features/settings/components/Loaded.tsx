import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { LedgerSkeleton } from "@/shared/ui/Skeletons";

interface Props<Data> {
  query: UseQueryResult<Data>;
  rows?: number;
  children: (data: Data) => ReactNode;
}

/** What a page shows of a question: its answer, why there is none, or that it is on its way. */
export function Loaded<Data>({ query, rows = 3, children }: Props<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ProblemNote problem={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="sheet">
      <LedgerSkeleton rows={rows} />
    </div>
  );
}
