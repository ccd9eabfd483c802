import type { AboutOut, ProspectOut } from "@/api/types.gen";

/** How a prospect is called: by name, else by company, else by what they can be reached at. */
export function nameOf({ first_name, last_name, company, email, phone, mobile }: ProspectOut): string {
  const name = [first_name, last_name].filter(Boolean).join(" ");
  return name || company || email || phone || mobile;
}

/** What the portal calls the property, in its own words. */
export const adOf = ({ title, address, own_reference: own, portal_reference: theirs }: AboutOut): string =>
  [title || address, own || theirs].filter(Boolean).join(" · ");

/** The address of a prospect, line by line. */
export function addressLines({
  company,
  street,
  postal_code,
  city,
  country,
  ...person
}: ProspectOut): string[] {
  const name = [person.salutation, person.first_name, person.last_name].filter(Boolean).join(" ");
  const place = [postal_code, city].filter(Boolean).join(" ");
  return [name, company, street, place, country].filter(Boolean);
}
