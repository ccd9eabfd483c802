import type { ProductBody, ProductOut } from "@/api/types.gen";

type Texts = Pick<ProductOut, "title" | "description">;

/** Texts name only the languages that were edited; the others go as the product has them when it is sent. */
export function withOtherLanguages(body: ProductBody, known: Texts | undefined): ProductBody {
  return {
    ...body,
    ...(body.title && { title: { ...known?.title, ...body.title } }),
    ...(body.description && { description: { ...known?.description, ...body.description } }),
  };
}
