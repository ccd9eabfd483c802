"""eBay's own traps, against the sandbox: what the suite for all channels can't know."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.channels.ebay.examples import addresses
from tests.contract.http import Exchange
from tests.contract.twin import Office, Twin
from tests.contract.twins.ebay import MAKER, EbayTwin, picture

from kontor.channels.contract.errors import AlreadyThere, ChannelError, Gone, Rejected, Throttled
from kontor.channels.contract.values import Contact, GoodsOut, LiveState, ProductSafety
from kontor.channels.ebay import CHANNEL
from kontor.channels.ebay.connector.calls import FULFILLMENT, INVENTORY, NOTIFICATION
from kontor.channels.ebay.mapping import goods
from kontor.core.money import Money

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
WRITES_OF_TEXT = (
    "inventory_item_group/",
    "bulk_create_or_replace_inventory_item",
    "bulk_create_offer",
    "offer/",
)


def calls(office: Office, part: str) -> list[Exchange]:
    return [each for each in office.transport.exchanges if part in each.path]


def raw(office: Office, method: str, path: str, body: Any = None) -> Any:
    """A call past the connector, as another tool of the merchant's would make it."""
    headers = {"Content-Language": "de-DE"} if body is not None else {}
    return office.transport.request(method, f"{INVENTORY}/{path}", json=body, headers=headers).json()


def header(exchange: Exchange, name: str) -> str:
    return next((value for key, value in exchange.headers.items() if key.lower() == name.lower()), "")


# ------------------------------------------------------------------------------------------------ the wire


@pytest.mark.parametrize("kind", ["single", "group"])
def test_texts_go_out_in_the_marketplaces_language_and_without_other_headers(
    twin: Twin, office: Office, kind: str
) -> None:
    office.put_up(office.next_wish(office.put_up(getattr(twin, kind)(office, "ONE"))[0]))
    inventory = calls(office, INVENTORY)
    for exchange in inventory:
        assert header(exchange, "Accept-Language") == ""
        assert header(exchange, "X-EBAY-C-MARKETPLACE-ID") == ""
    texts = [
        each
        for each in inventory
        if each.method in {"PUT", "POST"}
        and each.path.partition(f"{INVENTORY}/")[2].startswith(WRITES_OF_TEXT)
        and "publish" not in each.path
    ]
    assert len(texts) >= 3
    assert {header(each, "Content-Language") for each in texts} == {"de-DE"}


def test_catalogue_data_never_replace_the_merchants(twin: Twin, office: Office) -> None:
    office.put_up(office.next_wish(office.put_up(twin.single(office, "ONE"))[0]))
    sent = [each.body for each in calls(office, "offer") if isinstance(each.body, dict)]
    offers = [row for body in sent for row in body.get("requests", [body]) if "categoryId" in row]
    assert len(offers) >= 2
    assert {each["includeCatalogProductDetails"] for each in offers} == {False}


def test_a_call_without_content_sends_an_empty_object(twin: Twin, office: Office) -> None:
    (listing,) = office.put_up(twin.single(office, "ONE"))
    office.withdraw(listing)
    (withdrawal,) = calls(office, "/withdraw")
    assert withdrawal.body == {}


def test_pictures_are_uploaded_once_as_files_and_shown_in_the_wanted_order(
    twin: Twin, office: Office
) -> None:
    views = tuple(picture(name) for name in ("left", "right", "top"))
    (listing,) = office.put_up(replace(twin.single(office, "ONE"), pictures=views))
    office.put_up(replace(twin.single(office, "TWO"), pictures=views[:1]))
    assert len(calls(office, "/image/create_image_from_file")) == 3
    shown = next(each for each in twin.shown().values() if "ONE" in each.members)
    uploaded = [office.ledger.memos[f"picture:{each.sha256}"]["url"] for each in listing.pictures]
    assert shown.everything["pictures"] == uploaded


def test_a_picture_that_ebay_refuses_is_named(twin: Twin, office: Office) -> None:
    broken = replace(picture("front"), sha256="0" * 64, read=lambda: b"not a picture at all")
    listing = replace(twin.single(office, "ONE"), pictures=(broken,))
    refusal = office.publish(listing)[listing.publication_id]
    assert isinstance(refusal, Rejected)
    assert {(each.field, each.params["picture"]) for each in refusal.problems} == {("image_urls", "0" * 64)}


# ------------------------------------------------------------------------------------------------ T1: create is not valid


def test_everything_that_publishing_refuses_leads_back_to_the_merchants_fields(
    twin: Twin, office: Office
) -> None:
    listing = twin.group(office, "SHIRT")
    bare = replace(listing, aspects={"Marke": ("Weberei Süd",)}, rules=None)
    refusal = office.publish(bare)[bare.publication_id]
    assert isinstance(refusal, Rejected)
    assert {each.field for each in refusal.problems} == {"aspect:Farbe", "aspect:Abteilung"}
    assert {each.fix for each in refusal.problems} == {"default:aspect:Farbe", "default:aspect:Abteilung"}
    told = {each.field for each in office.connector.preflight(bare, listing.rules)}
    assert {each.field for each in refusal.problems} <= told


def test_what_preflight_refuses_is_never_sent(twin: Twin, office: Office) -> None:
    listing = replace(twin.single(office, "ONE"), title="x" * 81)
    assert isinstance(office.publish(listing)[listing.publication_id], Rejected)
    assert office.transport.writes() == []


# ------------------------------------------------------------------------------------------------ T3: retry of create


def foreign_offer(office: Office, listing: GoodsOut) -> str:
    """Somebody else's tool made item and offer already, with another price."""
    variant = listing.variants[0]
    item = goods.item(listing, variant, addresses(listing)).body()
    raw(
        office,
        "PUT",
        f"inventory_item/{variant.sku}",
        {k: v for k, v in item.items() if k not in {"sku", "locale"}},
    )
    offer = goods.offer(listing, replace(variant, price=Money(1, "EUR"))).body()
    return str(raw(office, "POST", "offer", offer)["offerId"])


def test_an_offer_that_exists_is_adopted_and_brought_up_to_date(twin: Twin, office: Office) -> None:
    listing = twin.single(office, "ONE")
    offer_id = foreign_offer(office, listing)
    (bound,) = office.put_up(listing)
    assert bound.bound["offers"] == {"ONE": offer_id}
    assert twin.records()["offers"] == 1
    assert office.differences(bound) == {}


def test_an_offer_that_somebody_deleted_is_made_again(twin: Twin, office: Office) -> None:
    (listing,) = office.put_up(twin.single(office, "ONE"))
    raw(office, "DELETE", f"offer/{listing.bound['offers']['ONE']}")
    (again,) = office.put_up(office.next_wish(listing))
    assert again.bound["offers"]["ONE"] != listing.bound["offers"]["ONE"]
    assert twin.records()["offers"] == 1
    assert office.differences(again) == {}


def test_publishing_again_gives_a_new_number_and_the_old_one_was_told(twin: Twin, office: Office) -> None:
    (first,) = office.put_up(twin.single(office, "ONE"))
    outcome = office.withdraw(first)[first.publication_id]
    assert not isinstance(outcome, ChannelError)
    assert outcome.external_id == first.bound["listing_id"]
    (second,) = office.put_up(office.next_wish(first, bound=outcome.bound))
    assert second.bound["listing_id"] != first.bound["listing_id"]


# ------------------------------------------------------------------------------------------------ groups


def test_a_variant_that_fell_out_of_the_listing_is_seen(twin: Twin, office: Office) -> None:
    (listing,) = office.put_up(twin.group(office, "SHIRT"))
    body = raw(office, "GET", "inventory_item_group/SHIRT")
    body.pop("inventoryItemGroupKey", None)
    raw(office, "PUT", "inventory_item_group/SHIRT", {**body, "variantSKUs": ["SHIRTS"]})
    assert office.differences(listing)["SHIRT:SHIRTM/listed"] == (True, False)


def test_a_member_that_is_refused_names_the_merchants_sku(twin: Twin, office: Office) -> None:
    (other,) = office.put_up(twin.group(office, "FIRST", ("S",)))
    taken = replace(other.variants[0], options={"Größe": "S"})
    thief = twin.group(office, "SECOND", ("M",))
    thief = replace(thief, variants=(taken, *thief.variants))
    refusal = office.publish(thief)[thief.publication_id]
    assert isinstance(refusal, Rejected)
    (problem,) = refusal.problems
    assert (problem.code, problem.params["sku"]) == ("ebay.sku.in_other_group", "m-FIRSTS")
    assert list(twin.shown()) == [other.bound["listing_id"]]


def test_an_ended_listing_is_not_taken_for_a_live_one(twin: Twin, office: Office) -> None:
    (listing,) = office.put_up(twin.single(office, "ONE"))
    raw(office, "POST", f"offer/{listing.bound['offers']['ONE']}/withdraw", {})
    assert office.connector.read_back([listing])[listing.publication_id].state is LiveState.ENDED


def test_a_read_back_needs_few_calls(twin: Twin, office: Office) -> None:
    listings = office.put_up(*(twin.single(office, f"N{number}") for number in range(10)))
    office.transport.exchanges.clear()
    office.connector.read_back(listings)
    assert len(calls(office, "bulk_get_inventory_item")) == 1
    assert len(office.transport.exchanges) == 11


# ------------------------------------------------------------------------------------------------ GPSR


def test_safety_data_reach_the_offer(twin: Twin, office: Office) -> None:
    abroad = replace(MAKER, country="CN", company_name="Far Ltd")
    person = replace(MAKER, company_name="Vertreter GmbH")
    office.put_up(replace(twin.single(office, "ONE"), safety=ProductSafety(abroad, person)))
    (shown,) = twin.shown().values()
    regulatory = shown.everything["regulatory"]
    assert regulatory["manufacturer"]["country"] == "CN"
    assert [each["companyName"] for each in regulatory["responsiblePersons"]] == ["Vertreter GmbH"]


def test_safety_data_that_ebay_would_refuse_are_refused_before(twin: Twin, office: Office) -> None:
    nobody = ProductSafety(Contact(company_name="Far Ltd", country="CN"))
    listing = replace(twin.single(office, "ONE"), safety=nobody)
    refusal = office.publish(listing)[listing.publication_id]
    assert isinstance(refusal, Rejected)
    assert {each.code for each in refusal.problems} == {
        "ebay.safety.manufacturer.contact",
        "ebay.safety.responsible.outside_eu",
    }


# ------------------------------------------------------------------------------------------------ T4: offsets


def test_orders_are_paged_by_records_with_an_encoded_filter(twin: Twin, office: Office) -> None:
    listing = twin.single(office, "ONE")
    plenty = replace(listing, variants=(replace(listing.variants[0], quantity=1000),))
    office.put_up(plenty)
    for _ in range(210):
        twin.buy({"ONE": 1})
    office.transport.exchanges.clear()
    list(office.connector.orders_since(LONG_AGO))
    pages = calls(office, f"{FULFILLMENT}/order")
    assert [each.params["offset"] for each in pages] == ["0", "200"]
    assert {each.params["limit"] for each in pages} == {"200"}
    assert all(each.params["filter"].startswith("lastmodifieddate:[2025-12-31T23:55:00") for each in pages)
    assert "creationdate" not in pages[0].params["filter"]


def test_notification_lists_keep_their_own_limit(office: Office) -> None:
    with pytest.raises((Rejected, AlreadyThere, Gone)):
        office.transport.request("GET", f"{NOTIFICATION}/topic", params={"limit": "101"}, as_application=True)
    office.transport.exchanges.clear()
    office.connector._topics()
    assert all(10 <= int(each.params["limit"]) <= 100 for each in calls(office, NOTIFICATION))


# ------------------------------------------------------------------------------------------------ T10: limits


def test_a_used_up_limit_names_the_moment_when_it_opens_again(twin: EbayTwin, office: Office) -> None:
    assert CHANNEL.reopens_at is not None
    assert CHANNEL.reopens_at(office.transport, "inventory") is None
    twin.sandbox.post("/settings", {"daily_limits": {"sell.inventory": 1}})
    with pytest.raises(Throttled) as caught:  # the account check has used it up already
        raw(office, "GET", "location?limit=10")
    assert caught.value.resource == "inventory"
    opens = CHANNEL.reopens_at(office.transport, "inventory")
    assert opens is not None
    assert opens > datetime.now(UTC)
    assert CHANNEL.reopens_at(office.transport, "taxonomy") is None
    assert office.connector.suggest_categories("Hemd", "")


# ------------------------------------------------------------------------------------------------ taxonomy


@pytest.mark.usefixtures("twin")
def test_rules_tell_where_a_category_stands_and_what_it_will_demand(office: Office) -> None:
    found = office.connector.suggest_categories("Tischlampe", "")[0]
    rules = office.connector.category_rules(found.category_id)
    assert len(rules.path) > 1
    assert rules.path == found.path
    announced = {
        rule.name: (rule.required, rule.required_from) for rule in rules.aspects if rule.required_from
    }
    assert announced == {"Energieeffizienzklasse": (False, "2028-01-31")}
