import type { Kind, Marketing } from "@/api/types.gen";
import type { ListName } from "@/features/properties/choices";

/** How a field is written and read. `decimal` is a number with its unit, `amount` a sum in the property's currency. */
export type FieldKind =
  "line" | "text" | "decimal" | "count" | "year" | "amount" | "date" | "answer" | "choice" | "several";

export interface Field {
  /** Where the value stands in the property: `prices.cold_rent`. */
  path: string;
  kind: FieldKind;
  unit?: "m²" | "m" | "%" | "kWh/(m²·a)";
  list?: ListName;
  /** Stands there from the first; the others come with a press, or once they are filled or have a problem. */
  first?: (of: Shape) => boolean;
  /** Takes the whole width. */
  wide?: true;
}

/** What decides which fields a property needs. */
export interface Shape {
  kind?: Kind | null;
  marketing?: Marketing | null;
}

export interface SectionPlan {
  id: string;
  fields: Field[];
}

type Extra = Omit<Field, "path" | "kind" | "first">;

const always = () => true;
const when = {
  rent: ({ marketing }: Shape) => marketing === "rent",
  sold: ({ marketing }: Shape) => marketing === "buy" || marketing === "leasehold",
  leased: ({ marketing }: Shape) => marketing === "lease",
  leasehold: ({ marketing }: Shape) => marketing === "leasehold",
  unsaid: ({ marketing }: Shape) => !marketing,
  livedIn: ({ kind }: Shape) => !kind || ["flat", "house", "room", "short_term", "investment"].includes(kind),
  withLand: ({ kind }: Shape) =>
    kind === "house" || kind === "plot" || kind === "farm" || kind === "investment",
  works: ({ kind }: Shape) =>
    kind !== null &&
    kind !== undefined &&
    ["office", "retail", "industry", "gastronomy", "special"].includes(kind),
  is:
    (...kinds: Kind[]) =>
    ({ kind }: Shape) =>
      kind !== null && kind !== undefined && kinds.includes(kind),
};
const either =
  (...conditions: ((of: Shape) => boolean)[]) =>
  (of: Shape) =>
    conditions.some((fits) => fits(of));

const field = (kind: FieldKind) => (path: string, first?: Field["first"], extra: Extra = {}): Field =>
  ({ path, kind, first, ...extra }); // prettier-ignore
const line = field("line");
const text = field("text");
const area = (path: string, first?: Field["first"]) => field("decimal")(path, first, { unit: "m²" });
const decimal = field("decimal");
const count = field("count");
const year = field("year");
const amount = field("amount");
const date = field("date");
const answer = field("answer");
const choice = (path: string, list: ListName, first?: Field["first"]) =>
  field("choice")(path, first, { list });
const several = (path: string, list: ListName, first?: Field["first"]) =>
  field("several")(path, first, { list });
const percent = (path: string, first?: Field["first"]) => decimal(path, first, { unit: "%" });
const perArea = (path: string, first?: Field["first"]) => decimal(path, first, { unit: "kWh/(m²·a)" });

const person = (of: "contact" | "owner") => [
  line(`${of}.salutation`),
  line(`${of}.first_name`, always),
  line(`${of}.last_name`, always),
  line(`${of}.company`, always),
  line(`${of}.position`),
  line(`${of}.email`, always),
  line(`${of}.phone`, always),
  line(`${of}.mobile`, always),
  line(`${of}.street`),
  line(`${of}.house_number`),
  line(`${of}.postal_code`),
  line(`${of}.city`),
];

/** All that the page asks for, in its order; a field that is not here is kept as it is. */
export const sections: SectionPlan[] = [
  {
    id: "basics",
    fields: [
      line("reference", always),
      choice("status", "status", always),
      choice("kind", "kind", always),
      choice("marketing", "marketing", always),
      line("subtype"),
      several("usage", "usage"),
      choice("language", "language"),
      choice("terms.sale_state", "saleState", always),
      date("terms.available_from", always),
      line("terms.available_text"),
    ],
  },
  {
    id: "address",
    fields: [
      line("address.street", always),
      line("address.house_number", always),
      choice("address.release", "release", always),
      line("address.postal_code", always),
      line("address.city", always),
      choice("address.country", "country", always),
      line("address.district"),
      line("address.state"),
      line("address.flat_number"),
      line("address.addition"),
      decimal("address.latitude"),
      decimal("address.longitude"),
      line("address.cadastral_district"),
      line("address.cadastral_section"),
      line("address.parcel"),
    ],
  },
  {
    id: "areas",
    fields: [
      area("areas.living_area", when.livedIn),
      area("areas.usable_area", when.is("industry", "office", "gastronomy", "special")),
      area("areas.plot_area", when.withLand),
      area("areas.office_area", when.is("office")),
      area("areas.sales_area", when.is("retail")),
      area("areas.shop_area", when.is("retail")),
      area("areas.storage_area", when.is("industry")),
      area("areas.gastronomy_area", when.is("gastronomy")),
      area("areas.rentable_area", when.is("investment")),
      area("areas.total_area", when.works),
      area("areas.balcony_terrace_area"),
      area("areas.garden_area"),
      area("areas.cellar_area"),
      area("areas.other_area"),
      area("areas.divisible_from"),
      decimal("rooms.rooms", either(when.livedIn, when.is("office"))),
      decimal("rooms.bedrooms", when.is("flat", "house", "short_term")),
      decimal("rooms.bathrooms", when.is("flat", "house", "short_term")),
      count("rooms.floor", when.is("flat", "office", "room", "short_term")),
      count("rooms.floors", when.is("flat", "house", "office")),
      decimal("rooms.balconies"),
      decimal("rooms.terraces"),
      decimal("rooms.separate_toilets"),
      count("rooms.parking_spaces", when.works),
      count("rooms.residential_units", when.is("investment")),
      count("rooms.commercial_units", when.is("investment")),
      count("rooms.beds", when.is("short_term", "gastronomy")),
      count("rooms.guest_seats", when.is("gastronomy")),
      answer("rooms.has_granny_flat"),
    ],
  },
  {
    id: "prices",
    fields: [
      amount("prices.cold_rent", either(when.rent, when.unsaid)),
      amount("prices.service_charge", when.rent),
      amount("prices.heating_cost", when.rent),
      answer("prices.heating_included", when.rent),
      amount("prices.warm_rent", when.rent),
      amount("prices.deposit", when.rent),
      line("prices.deposit_text"),
      amount("prices.flat_rate_rent", when.is("room", "short_term")),
      amount("prices.purchase_price", either(when.sold, when.unsaid)),
      amount("prices.hausgeld", when.sold),
      amount("prices.ground_rent", when.leasehold),
      amount("prices.lease", when.leased),
      amount("prices.purchase_price_net"),
      amount("prices.reserve"),
      amount("prices.takeover_payment"),
      amount("prices.cooperative_shares"),
      amount("prices.price_per_square_metre"),
      amount("prices.rent_per_square_metre"),
      amount("prices.guide_price"),
      amount("returns.rental_income", when.is("investment")),
      percent("returns.net_yield", when.is("investment")),
      decimal("returns.multiplier", when.is("investment")),
      choice("prices.period", "period", when.is("short_term")),
      answer("prices.on_request"),
      answer("prices.plus_vat", when.works),
      percent("prices.vat_rate"),
      text("prices.note", undefined, { wide: true }),
    ],
  },
  {
    id: "commission",
    fields: [
      choice("commission.asked", "asked", always),
      line("commission.external", always),
      choice("commission.payer", "payer", always),
      answer("commission.external_includes_vat"),
      amount("commission.amount_gross"),
      line("commission.internal"),
      line("commission.search_order"),
      text("commission.note", undefined, { wide: true }),
    ],
  },
  {
    id: "building",
    fields: [
      year("building.year_built", always),
      choice("building.condition", "condition", always),
      line("building.last_modernised"),
      several("building.heating", "heating", always),
      several("building.carriers", "carrier", always),
      answer("building.is_listed"),
      choice("land.development", "development", when.is("plot")),
      choice("land.buildable", "buildable", when.is("plot")),
      line("land.zone"),
    ],
  },
  {
    id: "energy",
    fields: [
      choice("energy.state", "certificate", always),
      choice("energy.kind", "certificateKind", always),
      perArea("energy.value", always),
      perArea("energy.heat_value", when.works),
      perArea("energy.power_value", when.works),
      line("energy.carrier", always),
      year("energy.year_built", always),
      date("energy.issued_on"),
      date("energy.valid_until"),
      choice("energy.regime", "regime"),
      answer("energy.hot_water_included"),
      answer("energy.is_residential"),
    ],
  },
  {
    id: "equipment",
    fields: [
      choice("equipment.level", "level", always),
      several("equipment.kitchen", "kitchen", when.livedIn),
      several("equipment.bathroom", "bathroom", when.livedIn),
      several("equipment.flooring", "flooring", always),
      several("equipment.parking", "parking", always),
      several("equipment.lift", "lift", always),
      choice("equipment.cellar", "extent", when.livedIn),
      choice("equipment.furnished", "furnished", when.is("room", "short_term")),
      several("equipment.balcony_direction", "direction"),
      answer("equipment.barrier_free"),
      answer("equipment.wheelchair_accessible"),
      answer("equipment.guest_toilet"),
      answer("equipment.fireplace"),
      answer("equipment.garden_use"),
      answer("equipment.storage_room"),
      answer("equipment.laundry_room"),
      answer("equipment.bicycle_room"),
      answer("equipment.air_conditioning"),
      answer("equipment.sauna"),
      answer("equipment.swimming_pool"),
      answer("equipment.winter_garden"),
      answer("equipment.flat_share_possible"),
      answer("terms.pets_allowed", when.rent),
      answer("terms.is_rented", when.sold),
      answer("terms.subsidised_housing_permit"),
    ],
  },
  { id: "contact", fields: person("contact") },
  {
    id: "office",
    fields: [
      ...person("owner"),
      line("grouping.project"),
      line("grouping.unit"),
      line("identifiers.internal_number"),
      line("identifiers.openimmo_obid"),
      text("notes", always, { wide: true }),
    ],
  },
];

/** The plot has no building, and what is not heated no certificate. */
export function shows(section: SectionPlan, { kind }: Shape): boolean {
  if (section.id === "energy") return kind !== "plot" && kind !== "garage";
  if (section.id === "equipment") return kind !== "plot";
  return true;
}

export const fieldsByPath = new Map(sections.flatMap(({ fields }) => fields).map((one) => [one.path, one]));
