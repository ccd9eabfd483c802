import type { Kind, Marketing } from "@/api/types.gen";

export const kinds = [
  "flat", "house", "plot", "office", "retail", "industry", "gastronomy", "investment", "farm", "leisure", "garage",
  "room", "short_term", "special",
] as const satisfies Kind[]; // prettier-ignore

export const marketings = ["rent", "buy", "lease", "leasehold"] as const satisfies Marketing[];

/** The words that fields choose from, in the API's own order; each list has its words in the catalogue. */
export const lists = {
  kind: kinds,
  marketing: marketings,
  status: ["draft", "active"],
  language: ["de", "en", "fr", "it", "nl", "es"],
  usage: ["residential", "commercial", "investment", "temporary"],
  release: ["exact", "street", "place"],
  country: ["DE", "AT", "CH", "FR", "LU", "NL", "BE", "IT", "ES"],
  period: ["day", "week", "month", "year"],
  asked: ["yes", "no", "not_applicable"],
  payer: ["buyer", "seller", "shared", "tenant", "landlord"],
  condition: [
    "first_occupancy", "as_new", "modernised", "well_kept", "fully_refurbished", "partly_refurbished",
    "partly_renovated", "needs_renovation", "needs_refurbishment", "dilapidated", "by_arrangement", "shell", "gutted",
    "for_demolition", "projected",
  ],
  heating: ["stove", "storey", "central", "district", "floor"],
  carrier: [
    "oil", "gas", "electricity", "alternative", "solar", "geothermal", "air_heat_pump", "district_heating",
    "block_power_station", "water_electricity", "pellets", "coal", "wood", "liquid_gas",
    "district_heating_renewable", "biogas", "hydrogen",
  ],
  development: ["none", "partly", "fully", "as_usual_there"],
  buildable: [
    "neighbourhood_34", "outside_35", "development_plan", "not_buildable", "expected", "by_country", "without_plan",
  ],
  certificate: ["available", "not_yet", "at_viewing", "not_required"],
  certificateKind: ["demand", "consumption"],
  regime: ["before_may_2014", "from_may_2014"],
  energyClass: ["A+", "A", "B", "C", "D", "E", "F", "G", "H"],
  level: ["standard", "upscale", "luxury"],
  furnished: ["fully", "partly"],
  extent: ["yes", "no", "partly"],
  bathroom: ["shower", "tub", "window", "bidet", "urinal"],
  kitchen: ["fitted", "open", "pantry"],
  flooring: [
    "tiles", "stone", "carpet", "parquet", "finished_parquet", "laminate", "floorboards", "plastic", "screed",
    "raised_floor", "linoleum", "marble", "terracotta", "granite",
  ],
  lift: ["persons", "goods"],
  parking: ["garage", "underground", "carport", "outside", "multi_storey", "duplex", "other"],
  direction: ["north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west"],
  saleState: ["open", "reserved", "done"],
  pictureGroup: [
    "title", "inside", "outside", "floor_plan", "map", "panorama", "energy_scale", "logo", "qr_code", "other",
  ],
} as const; // prettier-ignore

export type ListName = keyof typeof lists;
