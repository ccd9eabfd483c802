/** The page of a listing: each trade has its own. */
export function roomOf(listing: { id: string; kind: string }): string {
  return listing.kind === "property" ? `/properties/${listing.id}` : `/listings/${listing.id}`;
}
