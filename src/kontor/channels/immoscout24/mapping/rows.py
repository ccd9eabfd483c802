"""The table: what each leaf of the portal's types is to us. Sources: the portal's schemas of 2021 and its documents."""

from __future__ import annotations

from typing import Final

from kontor.channels.immoscout24.mapping import takes
from kontor.channels.immoscout24.mapping.choices import (
    ASKED,
    BUILDABLE,
    CARRIERS,
    CERTIFICATES,
    CONDITIONS,
    DEVELOPMENT,
    FLOORING,
    FURNISHED,
    GENDERS,
    HEATING,
    LEVELS,
    MARKETED,
    PARKING,
    RATINGS,
    REGIMES,
)
from kontor.channels.immoscout24.mapping.forms import (
    DAY,
    DECIMAL,
    DEGREES,
    FLAG,
    SWITCH,
    WHOLE,
    WHOLE_TEXT,
    YES,
    YES_NO,
    choice,
    text,
)
from kontor.channels.immoscout24.mapping.kinds import AUCTIONED, COMMERCIAL, RENTED, SITES, SOLD
from kontor.channels.immoscout24.mapping.row import Fixed, Row
from kontor.channels.immoscout24.wire.order import ORDERS
from kontor.properties.building_choices import Lift
from kontor.properties.choices import Marketing

ALL: Final = frozenset(ORDERS)
FLATS: Final = frozenset({"apartmentBuy", "apartmentRent"})
HOUSES: Final = frozenset({"houseBuy", "houseRent"})
LIVING: Final = FLATS | HOUSES
LET: Final = frozenset({"apartmentRent", "houseRent", "shortTermAccommodation", "flatShareRoom"})
BOUGHT: Final = frozenset({"apartmentBuy", "houseBuy", "garageBuy", "livingBuySite", "investment"})
STAY: Final = frozenset({"shortTermAccommodation"})
SHARED: Final = frozenset({"flatShareRoom"})
AUCTION: Final = frozenset({"compulsoryAuction"})
TRADED: Final = COMMERCIAL | {"tradeSite", "livingRentSite", "livingBuySite"}
BUSINESS: Final = COMMERCIAL | {"investment"}
GARAGES: Final = frozenset({"garageRent", "garageBuy"})

TEXTS: Final = (
    Row("title", "texts.title", text(100), required=ALL, get=lambda c: c.headline, put=takes.own_text("title")),
    Row("descriptionNote", "texts.description", text(3999), get=lambda c: c.own_texts.description, put=takes.own_text("description")),
    Row("furnishingNote", "texts.furnishing", text(3999), get=lambda c: c.own_texts.furnishing, put=takes.own_text("furnishing")),
    Row("locationNote", "texts.location", text(3999), get=lambda c: c.own_texts.location, put=takes.own_text("location")),
    Row("otherNote", "texts.other", text(3999), get=lambda c: c.own_texts.other, put=takes.own_text("other")),
)  # fmt: skip

PLACE: Final = (
    Row("groupNumber", "grouping.group_number", WHOLE_TEXT, get=takes.group_number, put=lambda n: {"grouping.group_number": str(n)}),
    Row("address.street", "address.street", text(100)),
    Row("address.houseNumber", "address.house_number", text(30)),
    Row("address.postcode", "address.postal_code", text(20), required=ALL),
    Row("address.city", "address.city", text(50), required=ALL),
    Row("address.internationalCountryRegion.country", "address.country", takes.COUNTRY, get=takes.foreign_country),
    Row("address.internationalCountryRegion.region", "address.state", text(), get=takes.foreign_region),
    Row("address.wgs84Coordinate.latitude", "address.latitude", DEGREES, get=takes.latitude_without_street),
    Row("address.wgs84Coordinate.longitude", "address.longitude", DEGREES, get=takes.longitude_without_street),
    Row("showAddress", "address.release", SWITCH, get=takes.shows_address, put=takes.put_release),
)  # fmt: skip

PRICES: Final = (
    Row("commercializationType", "marketing", choice("word", MARKETED), types=TRADED, required=TRADED),
    Row("price.value", "prices.purchase_price", DECIMAL, BOUGHT - SITES, SOLD, takes.price("purchase_price"), takes.put_price("purchase_price"), BOUGHT - SITES),
    Row("price.value", "prices.purchase_price", DECIMAL, TRADED, frozenset({Marketing.BUY}), takes.price("purchase_price"), takes.put_price("purchase_price"), TRADED),
    Row("price.value", "prices.cold_rent", DECIMAL, TRADED | {"garageRent"}, frozenset({Marketing.RENT}), takes.price("cold_rent"), takes.put_price("cold_rent"), TRADED | {"garageRent"}),
    Row("price.value", "prices.lease", DECIMAL, TRADED, frozenset({Marketing.LEASE}), takes.price("lease"), takes.put_price("lease"), TRADED),
    Row("price.value", "prices.ground_rent", DECIMAL, TRADED, frozenset({Marketing.LEASEHOLD}), takes.price("ground_rent"), takes.put_price("ground_rent"), TRADED),
    Row("price.value", "prices.flat_rate_rent", DECIMAL, STAY, get=takes.stay_price, required=STAY),
    Row("price.priceIntervalType", "prices.period", takes.PERIOD, STAY, get=takes.stay_period),
    Row("baseRent", "prices.cold_rent", DECIMAL, LET, required=LET - STAY),
    Row("totalRent", "prices.warm_rent", DECIMAL, LET),
    Row("serviceCharge", "prices.service_charge", DECIMAL, LET),
    Row("serviceCharge", "prices.hausgeld", DECIMAL, frozenset({"apartmentBuy"})),
    Row("additionalCosts.value", "prices.service_charge", DECIMAL, BUSINESS),
    Row("heatingCosts", "prices.heating_cost", DECIMAL, LET),
    Row("heatingCostsInServiceCharge", "prices.heating_included", YES_NO, LET),
    Row("deposit", "prices.deposit_text", text(50), get=takes.deposit),
    Row("parkingSpacePrice", "prices.parking.rent", DECIMAL, LET | BUSINESS, RENTED, takes.parking_price("rent"), takes.put_parking("rent")),
    Row("parkingSpacePrice", "prices.parking.purchase_price", DECIMAL, BOUGHT | BUSINESS, SOLD, takes.parking_price("purchase_price"), takes.put_parking("purchase_price")),
    Row("rentalIncome", "returns.rental_income", DECIMAL, BOUGHT, get=takes.monthly_income, put=takes.put_monthly_income),
    Row("rentalIncomeActual.value", "returns.rental_income", DECIMAL, frozenset({"investment"})),
    Row("rentalIncomeTarget.value", "returns.rental_income_target", DECIMAL, frozenset({"investment"})),
    Row("priceMultiplier", "returns.multiplier", DECIMAL),
    Row("courtage.hasCourtage", "commission.asked", choice("word", ASKED), required=ALL - AUCTION, get=takes.asked),
    Row("courtage.courtage", "commission.external", text(100)),
    Row("courtage.courtageNote", "commission.note", text(1800)),
)  # fmt: skip

MEASURES: Final = (
    Row("livingSpace", "areas.living_area", DECIMAL, required=LIVING),
    Row("roomSize", "areas.living_area", DECIMAL, required=SHARED),
    Row("totalSpace", "areas.total_area", DECIMAL),
    Row("plotArea", "areas.plot_area", DECIMAL, required=HOUSES | SITES),
    Row("usableFloorSpace", "areas.usable_area", DECIMAL),
    Row("totalFloorSpace", "areas.total_area", DECIMAL),
    Row("netFloorSpace", "areas.office_area", DECIMAL, frozenset({"office"})),
    Row("netFloorSpace", "areas.sales_area", DECIMAL, frozenset({"store"})),
    Row("netFloorSpace", "areas.gastronomy_area", DECIMAL, frozenset({"gastronomy"})),
    Row("netFloorSpace", "areas.usable_area", DECIMAL, frozenset({"industry", "specialPurpose", "investment"})),
    Row("minDivisible", "areas.divisible_from", DECIMAL),
    Row("additionalArea", "areas.other_area", DECIMAL),
    Row("shopWindowLength", "areas.window_front", DECIMAL),
    Row("grz", "areas.site_occupancy_ratio", DECIMAL),
    Row("gfz", "areas.floor_space_ratio", DECIMAL),
    Row("numberOfRooms", "rooms.rooms", DECIMAL, required=LIVING),
    Row("flatShareSize", "rooms.bedrooms", WHOLE, required=SHARED),
    Row("numberOfBedRooms", "rooms.bedrooms", WHOLE),
    Row("numberOfBathRooms", "rooms.bathrooms", WHOLE),
    Row("floor", "rooms.floor", WHOLE),
    Row("numberOfFloors", "rooms.floors", WHOLE),
    Row("numberOfParkingSpaces", "rooms.parking_spaces", WHOLE),
    Row("numberSeats", "rooms.guest_seats", WHOLE),
    Row("numberBeds", "rooms.beds", WHOLE),
    Row("balcony", "rooms.balconies", FLAG, FLATS | STAY, get=takes.has_balcony, put=takes.put_balcony),
    Row("balcony", "rooms.balconies", YES, SHARED | AUCTION, get=takes.has_balcony, put=takes.put_balcony),
    Row("lodgerFlat", "rooms.has_granny_flat", YES),
)  # fmt: skip

BUILDING: Final = (
    Row("condition", "building.condition", choice("word", CONDITIONS)),
    Row("constructionYear", "building.year_built", WHOLE),
    Row("lastRefurbishment", "building.last_modernised", WHOLE_TEXT, get=takes.refurbished, put=takes.put_refurbished),
    Row("interiorQuality", "equipment.level", choice("word", LEVELS)),
    Row("listed", "building.is_listed", YES),
    Row("heatingTypeEnev2014", "building.heating", choice("word", HEATING), get=takes.heating, put=takes.put_heating),
    Row("siteDevelopmentType", "land.development", choice("word", DEVELOPMENT)),
    Row("siteConstructibleType", "land.buildable", choice("word", BUILDABLE)),
)  # fmt: skip

ENERGY: Final = (
    Row("energyCertificate.energyCertificateAvailability", "energy.state", choice("word", CERTIFICATES)),
    Row("energyCertificate.energyCertificateCreationDate", "energy.regime", choice("word", REGIMES)),
    Row("energyCertificate.energyEfficiencyClass", "energy.energy_class", takes.ENERGY_CLASS),
    Row("energyCertificate.energyConsumptionElectricity", "energy.power_value", DECIMAL, get=takes.consumed("power_value")),
    Row("energyCertificate.energyConsumptionHeating", "energy.heat_value", DECIMAL, get=takes.consumed("heat_value")),
    Row("energyCertificate.thermalCharacteristicElectricity", "energy.power_value", DECIMAL, get=takes.demanded("power_value")),
    Row("energyCertificate.thermalCharacteristicHeating", "energy.heat_value", DECIMAL, get=takes.demanded("heat_value")),
    Row("buildingEnergyRatingType", "energy.kind", choice("word", RATINGS)),
    Row("thermalCharacteristic", "energy.value", DECIMAL),
    Row("energyConsumptionContainsWarmWater", "energy.hot_water_included", YES, get=takes.hot_water),
    Row("energySourcesEnev2014.energySourceEnev2014", "building.carriers", choice("word", CARRIERS), several=True),
)  # fmt: skip

EQUIPMENT: Final = (
    Row("lift", "equipment.lift.persons", FLAG, FLATS | STAY, get=takes.has_lift(Lift.PERSONS), put=takes.put_lift(Lift.PERSONS)),
    Row("lift", "equipment.lift.persons", YES, BUSINESS | SHARED, get=takes.has_lift(Lift.PERSONS), put=takes.put_lift(Lift.PERSONS)),
    Row("goodsLift", "equipment.lift.goods", YES, get=takes.has_lift(Lift.GOODS), put=takes.put_lift(Lift.GOODS)),
    Row("cellar", "equipment.cellar", FLAG, STAY, get=takes.has_cellar, put=takes.put_cellar),
    Row("cellar", "equipment.cellar", YES, ALL - STAY, get=takes.has_cellar, put=takes.put_cellar),
    Row("basement", "equipment.cellar", YES, get=takes.has_cellar, put=takes.put_cellar),
    Row("handicappedAccessible", "equipment.barrier_free", FLAG, STAY),
    Row("handicappedAccessible", "equipment.barrier_free", YES, ALL - STAY),
    Row("barrierFree", "equipment.barrier_free", YES),
    Row("guestToilet", "equipment.guest_toilet", FLAG, STAY),
    Row("guestToilet", "equipment.guest_toilet", YES, ALL - STAY),
    Row("builtInKitchen", "equipment.kitchen", FLAG, LIVING, get=takes.has_kitchen, put=takes.put_kitchen),
    Row("builtInKitchen", "equipment.kitchen", YES, AUCTION, get=takes.has_kitchen, put=takes.put_kitchen),
    Row("garden", "equipment.garden_use", FLAG, FLATS | STAY),
    Row("garden", "equipment.garden_use", YES, SHARED),
    Row("parkingSpaceType", "equipment.parking", choice("word", PARKING), get=lambda c: next(iter(c.equipment.parking), None), put=lambda p: {"equipment.parking": (p,)}),
    Row("flooringType", "equipment.flooring", choice("word", FLOORING), get=lambda c: next(iter(c.equipment.flooring), None), put=lambda f: {"equipment.flooring": (f,)}),
    Row("hasFurniture", "equipment.furnished", choice("word", FURNISHED)),
    Row("furnishing", "equipment.furnished", choice("word", FURNISHED)),
    Row("useAsFlatshareRoom", "equipment.flat_share_possible", YES),
    Row("summerResidencePractical", "terms.holiday_use", YES),
    Row("airConditioning", "equipment.air_conditioning", YES_NO),
    Row("lanCables", "facilities.data_cabling", YES_NO),
    Row("hasCanteen", "facilities.canteen", YES),
    Row("kitchenComplete", "facilities.tea_kitchen", YES),
    Row("ramp", "facilities.ramp", YES),
    Row("autoLift", "facilities.lifting_platform", YES),
    Row("craneRunway", "facilities.crane", YES),
    Row("hallHeight", "facilities.hall_height", DECIMAL),
    Row("terrace", "facilities.guest_terrace", YES),
)  # fmt: skip

TERMS: Final = (
    Row("freeFrom", "terms.available_from", DAY, frozenset({"garageRent", "flatShareRoom"})),
    Row("freeFrom", "terms.available_text", text(50), ALL - {"garageRent", "flatShareRoom"}, get=takes.available, put=takes.put_available),
    Row("freeUntil", "terms.available_until", DAY),
    Row("startRentalDate", "terms.available_from", DAY, required=STAY),
    Row("endRentalDate", "terms.available_until", DAY),
    Row("minRentalTime", "terms.minimum_term", DECIMAL, get=takes.months("minimum_term"), put=takes.put_months("minimum_term")),
    Row("maxRentalTime", "terms.maximum_term", DECIMAL, get=takes.months("maximum_term"), put=takes.put_months("maximum_term")),
    Row("maxNumberOfPersons", "terms.maximum_persons", WHOLE),
    Row("gender", "terms.gender", choice("word", GENDERS)),
    Row("requestedGender", "terms.gender", choice("word", GENDERS)),
    Row("nonSmoker", "terms.non_smoking", FLAG),
    Row("petsAllowed", "terms.pets_allowed", YES_NO),
    Row("rented", "terms.is_rented", YES),
    Row("certificateOfEligibilityNeeded", "terms.subsidised_housing_permit", FLAG),
    Row("marketValue.value", "auction.market_value", DECIMAL, required=AUCTION),
    Row("dateOfAuction", "auction.on", DAY, required=AUCTION),
    Row("area", "areas.living_area", DECIMAL, required=AUCTION, get=takes.auctioned_area),
    Row("auctionObjectType", "kind", choice("word", AUCTIONED), required=AUCTION, put=takes.nothing),
    Row("fileReferenceAtCountyCourt", "auction.file_number", text(18)),
)  # fmt: skip

ROWS: Final = (*TEXTS, *PLACE, *PRICES, *MEASURES, *BUILDING, *ENERGY, *EQUIPMENT, *TERMS)

_BUY, _RENT, _LEASE = frozenset({Marketing.BUY}), frozenset({Marketing.RENT}), frozenset({Marketing.LEASE})
_LEASEHOLD: Final = frozenset({Marketing.LEASEHOLD})

FIXED: Final = (
    *(Fixed(f"{element}.currency", "EUR") for element in ("price", "additionalCosts", "rentalIncomeActual", "rentalIncomeTarget", "marketValue")),
    Fixed("price.marketingType", "PURCHASE", BOUGHT - SITES),
    Fixed("price.priceIntervalType", "ONE_TIME_CHARGE", BOUGHT - SITES),
    Fixed("price.marketingType", "PURCHASE", TRADED, _BUY),
    Fixed("price.priceIntervalType", "ONE_TIME_CHARGE", TRADED, _BUY),
    Fixed("price.marketingType", "RENT", TRADED | GARAGES | STAY, _RENT),
    Fixed("price.priceIntervalType", "MONTH", TRADED | GARAGES, _RENT),
    Fixed("price.marketingType", "LEASE", TRADED, _LEASE),
    Fixed("price.priceIntervalType", "MONTH", TRADED, _LEASE),
    Fixed("price.marketingType", "LEASEHOLD", TRADED, _LEASEHOLD),
    Fixed("price.priceIntervalType", "YEAR", TRADED, _LEASEHOLD),
)  # fmt: skip
"""Written where the element's value is."""

STANDARD: Final = {
    "flatShareRoom": {
        "petsAllowed": "NO_INFORMATION", "internetConnection": "NO_INFORMATION", "smokingAllowed": "NO_INFORMATION",
        "requestedGender": "MALE_OR_FEMALE", "furnishing": "NOT_APPLICABLE", "tvConnection": "NO_INFORMATION",
        "telephoneConnection": "NO_INFORMATION", "parkingSituation": "NO_INFORMATION",
    },
}  # fmt: skip
"""What the schema demands and nobody need say: "no information"."""
