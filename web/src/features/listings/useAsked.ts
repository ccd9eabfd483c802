import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ProductOut } from "@/api/types.gen";
import { aspectFields, type AspectField } from "@/features/listings/aspects";
import { askedQuery } from "@/features/listings/api/shown";
import { connectionsQuery, isUsable } from "@/shared/connections/connections";

/** The attributes of a product with what its channels' categories ask; follows a newly picked category. */
export function useAspectFields(product: ProductOut): AspectField[] {
  const queryClient = useQueryClient();
  const { data: connections } = useQuery(connectionsQuery);
  const expected = (connections ?? [])
    .filter((one) => isUsable(one) && product.category[one.marketplace.id]?.id)
    .map((one) => one.id);
  const { data: asked } = useQuery({
    ...askedQuery(product.id, expected),
    enabled: connections !== undefined,
  });
  const categories = asked?.map((one) => one.category_id).join(" ");
  useEffect(() => {
    if (categories === undefined) return;
    // Rules that have just come change what preflight says.
    void queryClient.invalidateQueries({
      predicate: ({ queryKey: [noun, what] }) => noun === "preflight" && what !== "aspects",
    });
  }, [categories, queryClient]);
  const nameOf = (id: string) => connections?.find((one) => one.id === id)?.label ?? "";
  return aspectFields(product.aspects, asked ?? [], nameOf);
}
