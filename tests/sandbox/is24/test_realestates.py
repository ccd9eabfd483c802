"""Objects: the order of elements, the defaults, the numbers, external ids, and PUT that replaces everything."""

from __future__ import annotations

import httpx2
import pytest
from tests.sandbox.is24.agent import FLAT, Agent, document, message, placed

OBJECTS = "/user/me/realestate"
SCHEMA, RULE = "ERROR_COMMON_SCHEMA_VALIDATION_FAILED", "ERROR_RESOURCE_VALIDATION"


def refused(answer: httpx2.Response, code: str, status: int = 412) -> str:
    assert answer.status_code == status, answer.text
    found, text, _ = message(answer)
    assert found == code
    return text


def test_inserting_answers_the_id_and_where_it_is(agent: Agent) -> None:
    answer = agent.call("POST", OBJECTS, document())
    code, text, identifier = message(answer)
    assert (answer.status_code, code) == (201, "MESSAGE_RESOURCE_CREATED")
    assert text == f"Resource [realestate] with id [{identifier}] has been created."
    assert answer.headers["location"].endswith(f"/user/me/realestate/{identifier}")
    assert len(answer.headers["l-is24-requestrefnum"]) == 36


def test_a_reader_sees_defaults_rounded_numbers_and_a_place(agent: Agent) -> None:
    found = agent.read(f"{OBJECTS}/{agent.insert()}")
    shown = [child.name for child in found.children]
    assert shown[:2] == ["externalId", "title"]
    assert found.value("realEstateState") == "INACTIVE"
    assert found.value("lift") == "false"
    assert found.value("condition") == "NO_INFORMATION"
    assert found.value("cellar") == found.value("rented") == "NOT_APPLICABLE"
    assert found.value("constructionYearUnknown") == "false"
    assert found.value("firingTypes", "firingType") == "NO_INFORMATION"
    assert found.value("price", "value") == "399000.00"
    assert found.value("price", "marketingType") == "PURCHASE"
    assert found.value("price", "priceIntervalType") == "ONE_TIME_CHARGE"
    assert (found.value("livingSpace"), found.value("numberOfRooms")) == ("72.50", "3")
    assert found.value("address", "wgs84Coordinate", "latitude")
    assert found.value("address", "geoHierarchy", "country", "fullGeoCodeId") == "1276"
    assert found.child("common:publishChannels") is not None
    assert "certificateOfEligibilityNeeded" not in shown
    assert "lastModificationDate" not in shown


@pytest.mark.parametrize(("sent", "shown"), [("50.555", "50.56"), ("50", "50.00"), ("0.005", "0.01")])
def test_doubles_have_two_decimals_rounded_half_up(agent: Agent, sent: str, shown: str) -> None:
    identifier = agent.insert(elements=FLAT | {"livingSpace": sent})
    assert agent.read(f"{OBJECTS}/{identifier}").value("livingSpace") == shown


def test_elements_out_of_order_are_not_schema_valid(agent: Agent) -> None:
    swapped = {name: FLAT[name] for name in ("address", "title", *list(FLAT)[2:])}
    text = refused(agent.call("POST", OBJECTS, document(elements=swapped)), SCHEMA)
    assert text == (
        "The request is not schema valid. [MESSAGE: cvc-complex-type.2.4.a: Invalid content was found starting with"
        " element 'address'. One of '{externalId, title}' is expected.]"
    )


def test_the_order_is_each_types_own(agent: Agent) -> None:
    """A house to let has its rooms before its kind; a flat to let has them at the end."""
    house = {
        "title": "Haus mit Garten",
        "address": FLAT["address"],
        "showAddress": "false",
        "livingSpace": "140",
        "plotArea": "420",
        "numberOfRooms": "5",
        "courtage": "<hasCourtage>NO</hasCourtage>",
        "buildingType": "SINGLE_FAMILY_HOUSE",
        "baseRent": "1850",
    }
    assert agent.call("POST", OBJECTS, document("houseRent", house)).status_code == 201
    flat = {name: text for name, text in house.items() if name not in ("plotArea", "buildingType")}
    text = refused(agent.call("POST", OBJECTS, document("apartmentRent", flat)), SCHEMA)
    assert "starting with element 'livingSpace'" in text
    rent = flat.pop("baseRent")
    inner = {name: flat.pop(name) for name in ("title", "address", "showAddress")}
    assert (
        agent.call("POST", OBJECTS, document("apartmentRent", inner | {"baseRent": rent} | flat)).status_code
        == 201
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"invented": "1"}, "starting with element 'invented'"),
        ({"lift": "perhaps"}, "cvc-datatype-valid.1.2.1: 'perhaps' is not a valid value for 'boolean'."),
        ({"condition": "FINE"}, "cvc-enumeration-valid: Value 'FINE'"),
        ({"title": "x" * 101}, "with respect to maxLength '100'"),
        ({"thermalCharacteristic": "2000"}, "maxInclusive '1999.99'"),
        ({"price": "<currency>EUR</currency>"}, "One of '{value}' is expected."),
    ],
)
def test_values_are_checked_against_the_schema(agent: Agent, changes: dict[str, str], words: str) -> None:
    elements = placed(**changes) | {name: text for name, text in changes.items() if name == "invented"}
    assert words in refused(agent.call("POST", OBJECTS, document(elements=elements)), SCHEMA)


def test_one_problem_at_a_time(agent: Agent) -> None:
    elements = FLAT | {"livingSpace": "much", "numberOfRooms": "many"}
    text = refused(agent.call("POST", OBJECTS, document(elements=elements)), SCHEMA)
    assert "much" in text
    assert "many" not in text


def test_something_required_is_missing(agent: Agent) -> None:
    without = {name: text for name, text in FLAT.items() if name != "courtage"}
    text = refused(agent.call("POST", OBJECTS, document(elements=without)), SCHEMA)
    assert (
        "cvc-complex-type.2.4.b: The content of element 'realestates:apartmentBuy' is not complete." in text
    )
    body = {"realestates.apartmentBuy": {"title": "Ohne Adresse", "livingSpace": 50, "numberOfRooms": 2}}
    answer = agent.call("POST", OBJECTS, body)
    (envelope,) = answer.json()["common.messages"]
    assert answer.status_code == 412
    assert envelope["message"]["messageCode"] == RULE
    assert envelope["message"]["message"].endswith("[MESSAGE: field 'address' is required]")


def test_entities_and_document_types_are_refused(agent: Agent) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "boo">]>' + document().replace("Helle", "&b;")
    assert agent.call("POST", OBJECTS, bomb).status_code == 400
    assert agent.call("POST", OBJECTS, "<not closed").status_code == 400


def test_an_external_id_is_unique_and_an_address(agent: Agent) -> None:
    elements = {"externalId": "H/12-7"} | FLAT
    identifier = agent.insert(elements=elements)
    text = refused(agent.call("POST", OBJECTS, document(elements=elements)), RULE)
    assert text.endswith("[MESSAGE: RealEstate already exists for external id.]")
    assert agent.read(f"{OBJECTS}/ext-H%2F12-7").attributes["id"] == identifier
    plain = agent.insert()
    assert agent.read(f"{OBJECTS}/{plain}").value("externalId") == plain


def test_put_replaces_everything_but_the_external_id(agent: Agent) -> None:
    identifier = agent.insert(elements=placed(externalId="A-1", lift="true", descriptionNote="Am Wasser."))
    created = agent.read(f"{OBJECTS}/{identifier}").value("creationDate")
    answer = agent.call("PUT", f"{OBJECTS}/{identifier}", document(elements=FLAT | {"title": "Neu"}))
    assert (answer.status_code, message(answer)[0]) == (200, "MESSAGE_RESOURCE_UPDATED")
    found = agent.read(f"{OBJECTS}/{identifier}")
    assert (found.value("title"), found.value("lift"), found.value("descriptionNote")) == ("Neu", "false", "")
    assert (found.value("externalId"), found.value("creationDate")) == ("A-1", created)
    assert found.value("lastModificationDate")
    text = refused(
        agent.call("PUT", f"{OBJECTS}/{identifier}", document(elements=placed(externalId="B"))), RULE
    )
    assert "Given RealEstate external ID (B) does not match existing one (A-1)" in text


def test_a_house_for_sale_without_a_price_costs_nothing(agent: Agent) -> None:
    house = {name: text for name, text in FLAT.items() if name != "price"}
    elements = {}
    for name, text in house.items():
        if name == "livingSpace":
            elements["buildingType"] = "BUNGALOW"
        elements[name] = text
        if name == "livingSpace":
            elements["plotArea"] = "500"
    found = agent.read(f"{OBJECTS}/{agent.insert('houseBuy', elements)}")
    assert found.value("price", "value") == "0.00"


def test_what_is_deleted_is_gone(agent: Agent) -> None:
    identifier = agent.insert()
    agent.publish(identifier)
    answer = agent.call("DELETE", f"{OBJECTS}/{identifier}")
    assert (answer.status_code, message(answer)[0]) == (200, "MESSAGE_RESOURCE_DELETED")
    for method in ("GET", "DELETE"):
        refused(agent.call(method, f"{OBJECTS}/{identifier}"), "ERROR_RESOURCE_NOT_FOUND", 404)
    assert agent.read("/publish").children == []


def test_the_list_comes_in_pages(agent: Agent) -> None:
    made = [agent.insert() for _ in range(23)]
    first, last = agent.read(OBJECTS), agent.read(f"{OBJECTS}?pagenumber=2")
    assert first.value("Paging", "numberOfPages") == "2"
    assert first.value("Paging", "numberOfHits") == "23"
    shown = [
        entry.attributes["id"]
        for page in (first, last)
        for entry in page.children[1].all("realEstateElement")
    ]
    assert sorted(shown) == sorted(made)
    refused(agent.call("GET", f"{OBJECTS}?pagesize=0"), "ERROR_COMMON_URL_PARAMETER_VALIDATION_FAILED")


def test_json_in_any_order_becomes_the_same_object(agent: Agent) -> None:
    body = {
        "realestates.apartmentBuy": {
            "numberOfRooms": 3,
            "livingSpace": 72.5,
            "title": "Helle Wohnung",
            "price": {"value": 399000, "currency": "EUR"},
            "lift": True,
            "address": {"street": "Elbchaussee", "houseNumber": 12, "postcode": "22763", "city": "Hamburg"},
        }
    }
    identifier = agent.call("POST", OBJECTS, body).json()["common.messages"][0]["message"]["id"]
    answer = agent.call("GET", f"{OBJECTS}/{identifier}", accept="application/json")
    found = answer.json()["realestates.apartmentBuy"]
    assert found["@id"] == identifier
    assert (found["lift"], found["livingSpace"], found["price"]["value"]) == ("true", 72.5, 399000)
    assert found["common.publishChannels"] == []
    assert found["firingTypes"] == [{"firingType": "NO_INFORMATION"}]
    assert agent.read(f"{OBJECTS}/{identifier}").value("lift") == "true"


def test_what_it_cannot_speak_it_does_not_find(agent: Agent) -> None:
    assert agent.call("GET", OBJECTS, accept="text/csv").status_code == 404
    refused(agent.call("GET", "/user/me/nonsense"), "ERROR_COMMON_RESOURCE_NOT_FOUND", 404)
    refused(agent.call("DELETE", OBJECTS), "ERROR_COMMON_METHOD_NOT_ALLOWED", 405)
