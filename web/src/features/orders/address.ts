/** The buyer's address as it stands on a parcel; channels give what they give. */
export function addressLines(buyer: Record<string, unknown>): string[] {
  const text = (...names: string[]) =>
    names.map((name) => buyer[name]).find((value) => typeof value === "string" && value) ?? "";
  const place = [text("postal_code", "postcode", "zip"), text("city")].filter(Boolean).join(" ");
  const lines = [
    text("ship_to_name", "full_name", "name"),
    text("company"),
    text("address_line1", "line1", "street"),
    text("address_line2", "line2"),
    place,
    text("state_or_province", "region", "state"),
    text("country_code", "country"),
  ];
  return lines.map(String).filter(Boolean);
}
