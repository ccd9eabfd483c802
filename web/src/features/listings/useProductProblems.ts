import { useQuery } from "@tanstack/react-query";
import type { ProductOut } from "@/api/types.gen";
import type { ProblemDetail } from "@/shared/problems/problem";
import { connectionsQuery, isUsable } from "@/shared/connections/connections";
import { preflightQuery, publicationsOfQuery } from "@/shared/publications/publications";

export interface ProductProblems {
  all: ProblemDetail[];
  /** Those of any of these fields, each code once. */
  at: (...fields: string[]) => ProblemDetail[];
}

const none: string[] = [];

/** Everything that is wrong with a product: its own checks, what each channel said, and what one would say. */
export function useProductProblems(product: ProductOut): ProductProblems {
  const { data: publications } = useQuery(publicationsOfQuery(product.id));
  const { data: connections } = useQuery(connectionsQuery);
  const stands = new Set(publications?.map((one) => one.connection_id));
  const open = connections?.filter((one) => isUsable(one) && !stands.has(one.id)).map((one) => one.id);
  const { data: checked } = useQuery(preflightQuery([product.id], (publications && open) ?? none));
  const all = [
    ...product.problems,
    ...(publications ?? []).flatMap((one) => [...one.problems, ...one.warnings]),
    ...(checked ?? []).filter((row) => row.listing_id === product.id).flatMap((row) => row.problems),
  ];
  return {
    all,
    at: (...fields) => {
      const found = all.filter((problem) => fields.includes(problem.field ?? ""));
      return [...new Map(found.map((problem) => [problem.code, problem])).values()];
    },
  };
}
