import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  archiveListing,
  createListing,
  getListing,
  getRevision,
  listBrands,
  listingHistory,
  patchListing,
  patchVariants,
  putBrand,
  putPictures,
  restoreListing,
  retryPictures,
  undoListing,
  uploadMedia,
} from "@/api/sdk.gen";
import type { BrandPut, PicturePlace, ProductBody, ProductOut, VariantsEdit } from "@/api/types.gen";
import { withOtherLanguages } from "@/features/listings/texts";

export const productQuery = (id: string) =>
  queryOptions({
    queryKey: ["listings", "one", id],
    queryFn: ({ signal }) => getListing({ path: { listing_id: id }, signal }),
  });

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ["listings", "history", id],
    queryFn: ({ signal }) => listingHistory({ path: { listing_id: id }, signal }),
  });

/** A revision never changes, so it is asked for once. */
export const revisionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ["revisions", id, number],
    queryFn: ({ signal }) => getRevision({ path: { listing_id: id, number }, signal }),
    staleTime: Infinity,
  });

export const brandsQuery = (words: string) =>
  queryOptions({
    queryKey: ["brands", words],
    queryFn: async ({ signal }) => (await listBrands({ query: { q: words, limit: 20 }, signal })).items,
  });

/** Changes of one product go one after the other, each on the revision that the one before made. */
function useChange<Input>(
  id: string,
  act: (input: Input, ifMatch: { "If-Match": string }, known?: ProductOut) => Promise<ProductOut>,
) {
  const queryClient = useQueryClient();
  return useMutation({
    scope: { id: `listing-${id}` },
    mutationFn: (input: Input) => {
      const known = queryClient.getQueryData(productQuery(id).queryKey);
      return act(input, { "If-Match": known ? `"${known.revision}"` : "*" }, known);
    },
    onSuccess: (product) => {
      queryClient.setQueryData(productQuery(id).queryKey, product);
      void queryClient.invalidateQueries({
        predicate: ({ queryKey: [noun, which, of] }) =>
          noun === "preflight" ||
          noun === "publications" ||
          (noun === "listings" && (which !== "one" || of !== id)),
      });
    },
  });
}

export const useSaveProduct = (id: string) =>
  useChange(id, (body: ProductBody, headers, known) =>
    patchListing({ path: { listing_id: id }, body: withOtherLanguages(body, known), headers }),
  );
export const useSaveVariants = (id: string) =>
  useChange(id, (body: VariantsEdit, headers) => patchVariants({ path: { listing_id: id }, body, headers }));
export const usePlacePictures = (id: string) =>
  useChange(id, (pictures: PicturePlace[], headers) =>
    putPictures({ path: { listing_id: id }, body: { pictures }, headers }),
  );
export const useUndo = (id: string) =>
  useChange(id, (to: number, headers) => undoListing({ path: { listing_id: id }, body: { to }, headers }));
export const useArchive = (id: string) =>
  useChange<void>(id, () => archiveListing({ path: { listing_id: id } }));
export const useRestore = (id: string) =>
  useChange<void>(id, () => restoreListing({ path: { listing_id: id } }));
export const useRetryPictures = (id: string) =>
  useChange<void>(id, () => retryPictures({ path: { listing_id: id } }));

export const useUpload = () => useMutation({ mutationFn: (file: File) => uploadMedia({ body: { file } }) });

/** Safety data of the brand that the product's page shows, one change after the other. */
export function useSaveBrand(listingId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    scope: { id: `brand-of-${listingId}` },
    mutationFn: (body: BrandPut) => {
      const brand = queryClient.getQueryData(productQuery(listingId).queryKey)?.brand;
      return putBrand({ body, headers: brand ? { "If-Match": brand.etag } : undefined });
    },
    onSuccess: (brand) =>
      queryClient.setQueryData(
        productQuery(listingId).queryKey,
        (product) => product && { ...product, brand },
      ),
    onSettled: () =>
      queryClient.invalidateQueries({
        predicate: (query) =>
          ["brands", "listings", "preflight", "publications"].includes(String(query.queryKey[0])),
      }),
  });
}

export function useCreateListing() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: ProductBody; key: string }) =>
      createListing({ body, headers: { "Idempotency-Key": key } }),
    onSuccess: (product) => {
      queryClient.setQueryData(productQuery(product.id).queryKey, product);
      return queryClient.invalidateQueries({ queryKey: ["listings"] });
    },
  });
}
