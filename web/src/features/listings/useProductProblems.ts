import { useQuery } from "@tanstack/react-query";
import type { ProductOut } from "@/api/types.gen";
import type { ProblemDetail } from "@/shared/problems/problem";
import { publicationsOfQuery } from "@/shared/publications/publications";

export interface ProductProblems {
  all: ProblemDetail[];
  /** Those of any of these fields, each code once. */
  at: (...fields: string[]) => ProblemDetail[];
}

/** Everything that is wrong with a product: its own checks and what each channel said. */
export function useProductProblems(product: ProductOut): ProductProblems {
  const { data: publications } = useQuery(publicationsOfQuery(product.id));
  const all = [
    ...product.problems,
    ...(publications ?? []).flatMap((one) => [...one.problems, ...one.warnings]),
  ];
  return {
    all,
    at: (...fields) => {
      const found = all.filter((problem) => fields.includes(problem.field ?? ""));
      return [...new Map(found.map((problem) => [problem.code, problem])).values()];
    },
  };
}
