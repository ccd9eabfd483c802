"""The conditional rules of the energy certificate, one problem at a time."""

from __future__ import annotations

import pytest
from tests.sandbox.is24.agent import Agent, document, message, placed

OBJECTS = "/user/me/realestate"
NEWER = "usenewenergysourceenev2014values=true"


def certificate(availability: str = "AVAILABLE", date: str = "", efficiency: str = "") -> str:
    parts = {
        "energyCertificateAvailability": availability,
        "energyCertificateCreationDate": date,
        "energyEfficiencyClass": efficiency,
    }
    return "".join(f"<{name}>{text}</{name}>" for name, text in parts.items() if text)


NEW, OLD = "FROM_01_MAY_2014", "BEFORE_01_MAY_2014"
CONSUMED = {"buildingEnergyRatingType": "ENERGY_CONSUMPTION", "thermalCharacteristic": "95.50"}
WARM = {"energyConsumptionContainsWarmWater": "YES"}


@pytest.mark.parametrize(
    ("elements", "rule"),
    [
        ({"energyCertificate": certificate(date=OLD, efficiency="B")} | CONSUMED, "energyEfficiencyClass : B : EV_EFFICIENCY_CLASS_NOT_VALID_FOR_THIS_CERTIFICATE"),
        ({"energyCertificate": certificate(date=NEW, efficiency="B")}, "EV_EFFICIENCY_CLASS_NOT_VALID_FOR_THIS_CERTIFICATE"),
        ({"energyCertificate": certificate("NOT_REQUIRED", date=NEW)}, "EV_NOT_AVAILABLE_BUT_FIELDS_FILLED"),
        ({"energyCertificate": certificate("NOT_AVAILABLE_YET")} | CONSUMED, "EV_NOT_AVAILABLE_BUT_FIELDS_FILLED"),
        ({"energyCertificate": certificate(date=NEW)} | CONSUMED | WARM, "EV_WARM_WATER_FIELD_NOT_VALID_FOR_THIS_CERTIFICATE"),
        ({"thermalCharacteristic": "0"}, "thermalCharacteristic : 0 : NUMBER_IS_OUT_OF_RANGE"),
        ({"constructionYear": "999"}, "constructionYear : 999 : YEAR_INVALID"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named(agent: Agent, elements: dict[str, str], rule: str) -> None:
    answer = agent.call("POST", OBJECTS, document(elements=placed(**elements)))
    assert answer.status_code == 412, answer.text
    assert message(answer)[0] == "ERROR_RESOURCE_VALIDATION"
    assert f"{rule}]" in message(answer)[1]


def test_what_follows_from_a_certificate_is_filled_in(agent: Agent) -> None:
    elements = placed(
        energyCertificate=certificate(date=NEW, efficiency="B"),
        constructionYear="1990",
        heatingTypeEnev2014="CENTRAL_HEATING",
        energySourcesEnev2014="<energySourceEnev2014>GAS</energySourceEnev2014>",
        **CONSUMED,
    )
    found = agent.read(f"{OBJECTS}/{agent.insert(elements=elements)}?{NEWER}")
    assert found.value("energyCertificate", "legalConstructionYear") == "1990"
    assert found.value("energyPerformanceCertificate") == "true"
    assert found.value("heatingType") == "CENTRAL_HEATING"
    assert found.value("firingTypes", "firingType") == "GAS"
    assert found.value("thermalCharacteristic") == "95.5"
    assert found.child("constructionYearUnknown") is None


def test_an_old_consumption_certificate_may_hold_warm_water(agent: Agent) -> None:
    elements = placed(energyCertificate=certificate(date=OLD), **CONSUMED, **WARM)
    assert agent.call("POST", OBJECTS, document(elements=elements)).status_code == 201


def test_newer_energy_sources_need_the_query_parameter(agent: Agent) -> None:
    body = document(
        elements=placed(energySourcesEnev2014="<energySourceEnev2014>BIO_ENERGY</energySourceEnev2014>")
    )
    refused = agent.call("POST", OBJECTS, body)
    assert refused.status_code == 412
    assert "EnergySourceEnev2014 value [BIO_ENERGY] is not allowed." in message(refused)[1]
    taken = agent.call("POST", f"{OBJECTS}?{NEWER}", body)
    identifier = message(taken)[2]
    assert agent.read(f"{OBJECTS}/{identifier}").child("energySourcesEnev2014") is None
    shown = agent.read(f"{OBJECTS}/{identifier}?{NEWER}")
    assert shown.value("energySourcesEnev2014", "energySourceEnev2014") == "BIO_ENERGY"
