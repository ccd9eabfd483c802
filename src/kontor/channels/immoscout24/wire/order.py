"""The order of elements per type, of those that we write: the portal refuses a right element in the wrong place.

Source: the portal's schemas of 2021. A test holds these against them. Never reuse one type's order for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_HEAD: Final = (
    "externalId title address groupNumber descriptionNote furnishingNote locationNote otherNote showAddress "
    "contact "
)

_TAILS: Final[Mapping[str, str]] = {
    "houseBuy": (
        "lodgerFlat buildingType energyCertificate cellar handicappedAccessible numberOfParkingSpaces condition "
        "lastRefurbishment interiorQuality constructionYear freeFrom heatingTypeEnev2014 energySourcesEnev2014 "
        "buildingEnergyRatingType thermalCharacteristic energyConsumptionContainsWarmWater numberOfFloors "
        "usableFloorSpace numberOfBedRooms numberOfBathRooms guestToilet parkingSpaceType rented rentalIncome "
        "listed parkingSpacePrice summerResidencePractical price livingSpace plotArea numberOfRooms courtage "
    ),
    "houseRent": (
        "price livingSpace plotArea numberOfRooms courtage buildingType energyCertificate cellar "
        "handicappedAccessible numberOfParkingSpaces condition lastRefurbishment interiorQuality constructionYear "
        "freeFrom heatingTypeEnev2014 energySourcesEnev2014 buildingEnergyRatingType thermalCharacteristic "
        "energyConsumptionContainsWarmWater numberOfFloors usableFloorSpace numberOfBedRooms numberOfBathRooms "
        "guestToilet parkingSpaceType baseRent totalRent serviceCharge deposit heatingCosts "
        "heatingCostsInServiceCharge petsAllowed parkingSpacePrice useAsFlatshareRoom builtInKitchen "
    ),
    "garageRent": (
        "price usableFloorSpace courtage freeFrom freeUntil garageType constructionYear condition "
        "lastRefurbishment "
    ),
    "garageBuy": ("price usableFloorSpace courtage garageType constructionYear condition lastRefurbishment "),
    "apartmentRent": (
        "apartmentType floor lift energyCertificate cellar handicappedAccessible numberOfParkingSpaces condition "
        "lastRefurbishment interiorQuality constructionYear freeFrom heatingTypeEnev2014 energySourcesEnev2014 "
        "buildingEnergyRatingType thermalCharacteristic energyConsumptionContainsWarmWater numberOfFloors "
        "usableFloorSpace numberOfBedRooms numberOfBathRooms guestToilet parkingSpaceType baseRent totalRent "
        "serviceCharge deposit heatingCosts heatingCostsInServiceCharge petsAllowed parkingSpacePrice "
        "useAsFlatshareRoom price livingSpace numberOfRooms builtInKitchen balcony certificateOfEligibilityNeeded "
        "garden courtage "
    ),
    "apartmentBuy": (
        "apartmentType floor lift energyCertificate cellar handicappedAccessible numberOfParkingSpaces condition "
        "lastRefurbishment interiorQuality constructionYear freeFrom heatingTypeEnev2014 energySourcesEnev2014 "
        "buildingEnergyRatingType thermalCharacteristic energyConsumptionContainsWarmWater numberOfFloors "
        "usableFloorSpace numberOfBedRooms numberOfBathRooms guestToilet parkingSpaceType rented rentalIncome "
        "listed parkingSpacePrice summerResidencePractical price livingSpace numberOfRooms builtInKitchen balcony "
        "certificateOfEligibilityNeeded garden courtage serviceCharge "
    ),
    "compulsoryAuction": (
        "marketValue dateOfAuction area auctionObjectType fileReferenceAtCountyCourt energyCertificate "
        "heatingTypeEnev2014 energySourcesEnev2014 buildingEnergyRatingType thermalCharacteristic "
        "energyConsumptionContainsWarmWater constructionYear cellar numberOfRooms balcony builtInKitchen "
        "guestToilet lastRefurbishment numberOfBathRooms numberOfFloors numberOfParkingSpaces parkingSpacePrice "
        "parkingSpaceType floor "
    ),
    "shortTermAccommodation": (
        "baseRent buildingEnergyRatingType cellar condition deposit endRentalDate "
        "energyConsumptionContainsWarmWater energySourcesEnev2014 floor gender guestToilet handicappedAccessible "
        "hasFurniture heatingTypeEnev2014 lift maxNumberOfPersons maxRentalTime minRentalTime numberOfFloors "
        "numberOfParkingSpaces parkingSpacePrice parkingSpaceType petsAllowed serviceCharge thermalCharacteristic "
        "totalRent constructionYear energyCertificate price livingSpace numberOfRooms startRentalDate balcony "
        "garden nonSmoker shortTermAccomodationType courtage "
    ),
    "investment": (
        "price plotArea netFloorSpace investmentType courtage totalFloorSpace livingSpace priceMultiplier "
        "rentalIncomeActual rentalIncomeTarget listed lift energyCertificate condition numberOfParkingSpaces "
        "parkingSpacePrice lastRefurbishment interiorQuality constructionYear freeFrom heatingTypeEnev2014 "
        "energySourcesEnev2014 thermalCharacteristic energyConsumptionContainsWarmWater buildingEnergyRatingType "
        "additionalArea numberOfFloors additionalCosts "
    ),
    "office": (
        "officeType lift cellar handicappedAccessible flooringType deposit hasCanteen lanCables kitchenComplete "
        "listed airConditioning energyCertificate condition numberOfParkingSpaces parkingSpacePrice "
        "lastRefurbishment interiorQuality constructionYear freeFrom heatingTypeEnev2014 energySourcesEnev2014 "
        "thermalCharacteristic energyConsumptionContainsWarmWater buildingEnergyRatingType additionalArea "
        "numberOfFloors additionalCosts commercializationType price totalFloorSpace netFloorSpace minDivisible "
        "courtage "
    ),
    "store": (
        "storeType shopWindowLength listed lift goodsLift ramp cellar flooringType deposit energyCertificate "
        "commercializationType price totalFloorSpace netFloorSpace minDivisible courtage condition "
        "numberOfParkingSpaces parkingSpacePrice lastRefurbishment interiorQuality constructionYear freeFrom "
        "heatingTypeEnev2014 energySourcesEnev2014 thermalCharacteristic energyConsumptionContainsWarmWater "
        "buildingEnergyRatingType additionalArea numberOfFloors additionalCosts "
    ),
    "gastronomy": (
        "gastronomyType listed lift terrace numberSeats numberBeds cellar deposit energyCertificate "
        "commercializationType price totalFloorSpace netFloorSpace minDivisible courtage condition "
        "numberOfParkingSpaces parkingSpacePrice lastRefurbishment interiorQuality constructionYear freeFrom "
        "heatingTypeEnev2014 energySourcesEnev2014 thermalCharacteristic energyConsumptionContainsWarmWater "
        "buildingEnergyRatingType additionalArea numberOfFloors additionalCosts "
    ),
    "industry": (
        "industryType plotArea hallHeight flooringType ramp lift autoLift goodsLift craneRunway deposit "
        "energyCertificate commercializationType price totalFloorSpace netFloorSpace minDivisible courtage "
        "condition numberOfParkingSpaces parkingSpacePrice lastRefurbishment interiorQuality constructionYear "
        "freeFrom heatingTypeEnev2014 energySourcesEnev2014 thermalCharacteristic "
        "energyConsumptionContainsWarmWater buildingEnergyRatingType additionalArea numberOfFloors additionalCosts "
    ),
    "specialPurpose": (
        "specialPurposePropertyType plotArea listed lift basement flooringType deposit energyCertificate "
        "commercializationType price totalFloorSpace netFloorSpace minDivisible courtage condition "
        "numberOfParkingSpaces parkingSpacePrice lastRefurbishment interiorQuality constructionYear freeFrom "
        "heatingTypeEnev2014 energySourcesEnev2014 thermalCharacteristic energyConsumptionContainsWarmWater "
        "buildingEnergyRatingType additionalArea numberOfFloors additionalCosts "
    ),
    "livingBuySite": (
        "commercializationType price plotArea minDivisible courtage freeFrom siteDevelopmentType "
        "siteConstructibleType grz gfz "
    ),
    "livingRentSite": (
        "commercializationType price plotArea minDivisible courtage freeFrom siteDevelopmentType "
        "siteConstructibleType grz gfz "
    ),
    "tradeSite": (
        "commercializationType utilizationTradeSite price plotArea minDivisible courtage freeFrom "
        "siteDevelopmentType siteConstructibleType grz gfz "
    ),
    "flatShareRoom": (
        "roomSize flooringType numberOfRooms apartmentType cellar heatingTypeEnev2014 barrierFree courtage "
        "energyCertificate energySourcesEnev2014 buildingEnergyRatingType thermalCharacteristic "
        "energyConsumptionContainsWarmWater constructionYear baseRent totalRent serviceCharge deposit heatingCosts "
        "heatingCostsInServiceCharge freeFrom freeUntil totalSpace floor numberOfFloors numberOfBathRooms balcony "
        "garden lift guestToilet petsAllowed internetConnection smokingAllowed requestedGender furnishing "
        "tvConnection telephoneConnection parkingSituation flatShareSize "
    ),
}

ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    name: (*_HEAD.split(), *tail.split()) for name, tail in _TAILS.items()
}
"""By type, from the first element to the last."""

_PRICE: Final = ("value", "currency", "marketingType", "priceIntervalType")

NESTED: Final[Mapping[str, tuple[str, ...]]] = {
    "address": ("street", "houseNumber", "postcode", "city", "internationalCountryRegion", "wgs84Coordinate"),
    "address.internationalCountryRegion": ("country", "region"),
    "address.wgs84Coordinate": ("latitude", "longitude"),
    "contact": ("@id", "@externalId"),
    "price": _PRICE,
    "additionalCosts": _PRICE,
    "rentalIncomeActual": _PRICE,
    "rentalIncomeTarget": _PRICE,
    "marketValue": _PRICE,
    "courtage": ("hasCourtage", "courtage", "courtageNote"),
    "energyCertificate": (
        "energyCertificateAvailability",
        "energyCertificateCreationDate",
        "energyEfficiencyClass",
        "energyConsumptionElectricity",
        "energyConsumptionHeating",
        "thermalCharacteristicElectricity",
        "thermalCharacteristicHeating",
    ),
    "energySourcesEnev2014": ("energySourceEnev2014",),
}
"""The order below an element, by its path; `@` for attributes."""
