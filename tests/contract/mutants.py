"""Behaviours broken on purpose, each with the tests that must notice. Run by `python -m tests.contract.mutations`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kontor.channels.contract.errors import Rejected
from kontor.channels.contract.values import LiveState
from kontor.channels.ebay import errors, webhooks
from kontor.channels.ebay.connector import (
    account,
    notifications,
    offers,
    orders,
    prices,
    publish,
    read_back,
    settling,
    shipping,
    withdraw,
)
from kontor.channels.ebay.error_table import MEANINGS, Kind
from kontor.channels.ebay.mapping import goods, live
from kontor.channels.ebay.wire import inventory as wire

PUBLISHING = "tests/contract/test_publishing.py::"
PRICES = "tests/contract/test_prices.py::"
ORDERS = "tests/contract/test_orders.py::"
ACCOUNT = "tests/contract/test_account.py::"
PUSHES = "tests/contract/test_notifications.py::"
MOVING = "tests/channels/ebay/test_moving_orders.py::"
TRAPS = "tests/channels/ebay/test_traps.py::"


@dataclass(frozen=True, slots=True)
class Mutant:
    """What is broken, how, and who must notice."""

    breaks: str
    apply: Callable[[], None]
    noticed_by: str


MUTANTS: dict[str, Mutant] = {}


def mutant(breaks: str, noticed_by: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Registers a mutation under its function's name."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        MUTANTS[function.__name__] = Mutant(breaks, function, noticed_by)
        return function

    return register


def apply(name: str) -> None:
    """Breaks this process's copy of the program."""
    MUTANTS[name].apply()


def put(owner: Any, name: str, value: Any) -> None:
    """Replaces an attribute for the rest of the process."""
    setattr(owner, name, value)


# ------------------------------------------------------------------------------------------------ exactly once


@mutant(
    "an offer that exists is not adopted",
    PUBLISHING + "test_a_publish_that_forgot_its_binding_finds_everything_again",
)
def no_adoption() -> None:
    put(offers, "AlreadyThere", Rejected)


@mutant(
    "a lost create is not looked for, and any 25002 counts as done",
    TRAPS + "test_an_offer_that_exists_is_adopted",
)
def adopts_without_updating() -> None:
    put(
        offers.Offers,
        "_replace_offer",
        lambda self, work, run, member, offer_id: _keep(work, member, offer_id),
    )


def _keep(work: Any, member: Any, offer_id: str) -> bool:
    work.offers[member.sku] = offer_id
    return True


@mutant(
    "an offer that is gone is not made again", TRAPS + "test_an_offer_that_somebody_deleted_is_made_again"
)
def trusts_bound_offers() -> None:
    put(offers.Offers, "_put_offer", lambda self, member, offer_id: {})


@mutant(
    "a shipment is not looked for before it is told",
    ORDERS + "test_an_order_leaves_once",
)
def ships_blindly() -> None:
    original = shipping.Shipping.ship

    def ship(self: Any, shipment: Any) -> str:
        looked, self.__class__.find_shipment = self.__class__.find_shipment, lambda *_: None
        try:
            return original(self, shipment)
        finally:
            self.__class__.find_shipment = looked

    put(shipping.Shipping, "ship", ship)


@mutant("a policy is made without looking for its name", ACCOUNT + "test_pressing_twice_makes_nothing_twice")
def makes_policies_blindly() -> None:
    def create(self: Any, kind: Any) -> None:
        body = account.policy_body(kind, self._http)
        object.__setattr__(body, "name", f"{body.name} {id(body)}")
        self._account("POST", kind.create_path, body)

    put(account.Accounts, "_create_policy", create)


@mutant(
    "an unfinished publish is forgotten by withdraw",
    PUBLISHING + "test_withdrawing_finds_what_an_unfinished_publish_left_behind",
)
def withdraws_only_what_is_bound() -> None:
    put(withdraw.Withdrawing, "_published_offers", lambda self, listing: [])


# ------------------------------------------------------------------------------------------------ one for all, all for one


@mutant(
    "a refused row takes the whole batch with it",
    PUBLISHING + "test_the_good_ones_of_a_batch_go_on_beside_a_refused_one",
)
def one_refusal_refuses_all() -> None:
    original = settling.Batch.settle

    def settle(self: Any, members: Any, settled: Mapping[str, Any]) -> Any:
        refusal = next((each for each in settled.values() if isinstance(each, Rejected)), None)
        return original(self, members, dict.fromkeys(settled, refusal) if refusal else settled)

    put(settling.Batch, "settle", settle)


@mutant(
    "a row that failed counts as done",
    PUBLISHING + "test_one_row_that_fails_for_the_moment_is_done_by_the_next_run",
)
def rows_always_succeed() -> None:
    put(wire.BulkRow, "is_taken", property(lambda self: True))


@mutant(
    "a price row that failed counts as done",
    PRICES + "test_one_row_that_fails_for_the_moment_is_told_and_done_later",
)
def price_rows_always_succeed() -> None:
    put(wire.BulkRow, "is_taken", property(lambda self: True))


@mutant("prices leave one by one", PRICES + "test_many_rows_leave_in_few_calls")
def prices_one_by_one() -> None:
    put(prices, "chunks", lambda rows, size: [[row] for row in rows])


# ------------------------------------------------------------------------------------------------ replace, and only what is meant


@mutant(
    "a new price is sent by replacing the item",
    PRICES + "test_a_price_changes_and_the_rest_stays_byte_for_byte",
)
def price_replaces_the_item() -> None:
    original = prices.Prices._bulk_update

    def update(self: Any, rows: Sequence[Any]) -> Mapping[str, Any]:
        for row in rows:
            body = {"availability": {"shipToLocationAvailability": {"quantity": row.quantity}}}
            body |= {"condition": "NEW", "product": {"title": "price only"}}
            headers = {"Content-Language": "de-DE"}
            self._http.request(
                "PUT", f"/sell/inventory/v1/inventory_item/{row.sku}", json=body, headers=headers
            )
        return original(self, rows)

    put(prices.Prices, "_bulk_update", update)


@mutant(
    "catalogue data may replace the merchant's", TRAPS + "test_catalogue_data_never_replace_the_merchants"
)
def catalogue_may_replace() -> None:
    original = wire.OfferContent.body

    def body(self: Any) -> dict[str, Any]:
        return {
            name: value for name, value in original(self).items() if name != "includeCatalogProductDetails"
        }

    put(wire.OfferContent, "body", body)
    put(wire.BulkOffers, "body", lambda self: {"requests": [row.body() for row in self.requests]})


@mutant("pictures stay behind", PUBLISHING + "test_what_is_published_is_shown_and_reads_back_equal")
def fewer_pictures() -> None:
    put(goods, "PICTURES_PER_LISTING", 0)
    put(goods, "variant_pictures", lambda listing, variant, pictures: list(pictures.values())[:1] * 2)


@mutant("a new text does not reach the group", PUBLISHING + "test_a_changed_text_reaches_the_listing")
def group_is_put_once() -> None:
    original = publish.Publishing._put_group

    def put_group(self: Any, listing: Any, pictures: Any) -> Any:
        return {} if listing.bound else original(self, listing, pictures)

    put(publish.Publishing, "_put_group", put_group)


@mutant(
    "a variant that was taken away stays on sale",
    PUBLISHING + "test_a_variant_that_is_added_or_taken_away_follows",
)
def variants_only_grow() -> None:
    original = goods.group

    def group(listing: Any, pictures: Any) -> Any:
        former = list(listing.bound.get("offers", {}))
        made = original(listing, pictures)
        return made.model_copy(update={"variantSKUs": list(dict.fromkeys([*former, *made.variantSKUs]))})

    put(goods, "group", group)
    put(publish.Publishing, "_retire_missing", lambda self, listing, run: None)


@mutant(
    "an article that changes its shape is not ended first",
    PUBLISHING + "test_a_single_article_becomes_a_group_and_back",
)
def shapes_collide() -> None:
    put(publish.Publishing, "_leave_former_shapes", lambda self, work, run: None)


# ------------------------------------------------------------------------------------------------ proof


@mutant(
    "what was sent is taken for what is there", TRAPS + "test_a_variant_that_fell_out_of_the_listing_is_seen"
)
def believes_what_it_sent() -> None:
    original = read_back.ReadingBack.read_back

    def believe(self: Any, batch: Sequence[Any]) -> Any:
        found = original(self, batch)
        return {
            listing.publication_id: type(found[listing.publication_id])(
                LiveState.LIVE, found[listing.publication_id].external_id, "", live.expected(listing)
            )
            for listing in batch
        }

    put(read_back.ReadingBack, "read_back", believe)


@mutant("an ended listing counts as live", TRAPS + "test_an_ended_listing_is_not_taken_for_a_live_one")
def ended_is_live() -> None:
    put(live, "_state", lambda published: LiveState.LIVE)


@mutant("nothing there counts as ended", PUBLISHING + "test_nothing_there_reads_back_as_absent")
def absent_is_ended() -> None:
    original = live.live_of

    def live_of(*arguments: Any) -> Any:
        found = original(*arguments)
        return type(found)(LiveState.ENDED) if found.state is LiveState.ABSENT else found

    put(live, "live_of", live_of)


# ------------------------------------------------------------------------------------------------ kinds of no


@mutant("a throttle looks like a business no", PUBLISHING + "test_a_throttle_waits_and_loses_nothing")
def throttle_is_a_no() -> None:
    put(errors, "_throttled", lambda call, headers, code: Rejected("too fast"))


@mutant(
    "consent taken back looks like an outage",
    PUBLISHING + "test_consent_taken_back_asks_for_a_sign_in_and_goes_on_after_it",
)
def revoked_is_an_outage() -> None:
    put(errors, "LoginNeeded", lambda detail, **_: errors.Unavailable(detail, maybe_applied=False))


@mutant(
    "an outage looks like a business no", PUBLISHING + "test_an_outage_asks_nobody_for_anything_and_passes"
)
def outage_is_a_no() -> None:
    put(errors, "Unavailable", lambda detail, **_: Rejected(detail))


@mutant(
    "a second withdraw is a failure",
    PUBLISHING + "test_withdrawing_ends_it_and_withdrawing_again_is_a_success",
)
def second_withdraw_fails() -> None:
    changed = dict(MEANINGS)
    for error_id in (25713, 25705, 25726, 25710):
        changed[error_id] = errors.Meaning(Kind.REJECTED, "gone", "gone")
    put(errors, "MEANINGS", changed)


@mutant(
    "refusals lead to no field",
    TRAPS + "test_everything_that_publishing_refuses_leads_back_to_the_merchants_fields",
)
def problems_without_fields() -> None:
    put(errors, "_named_aspect", lambda row: "")


# ------------------------------------------------------------------------------------------------ orders


@mutant("offsets count pages", ORDERS + "test_no_order_of_many_pages_is_missing_or_told_twice")
def offsets_are_pages() -> None:
    original = orders.query_of_next

    def query(link: str) -> dict[str, str]:
        found = original(link)
        return found | {"offset": str(int(found.get("offset", "0")) // 200)}

    put(orders, "query_of_next", query)


@mutant("the first page is all", ORDERS + "test_no_order_of_many_pages_is_missing_or_told_twice")
def first_page_only() -> None:
    original = orders.Orders._order_pages

    def pages(self: Any, since: str) -> Iterator[Any]:
        yield next(original(self, since))

    put(orders.Orders, "_order_pages", pages)
    put(orders, "_PASSES", 1)


@mutant("a moving set is read once", MOVING + "test_an_order_that_slips_between_two_pages_is_not_lost")
def one_pass_over_a_moving_set() -> None:
    put(orders, "_PASSES", 1)


@mutant("the watermark does not overlap", ORDERS + "test_reading_twice_and_late_tells_the_same_order")
def no_overlap() -> None:
    put(orders, "OVERLAP", timedelta(0))


@mutant(
    "the list is believed about cancellations",
    ORDERS + "test_a_cancellation_is_seen_even_where_the_list_hides_it",
)
def cancellations_ignored() -> None:
    original = orders.order_of

    def order_of(raw: Any, *, listed: bool) -> Any:
        return original({**raw, "cancelStatus": {"cancelState": "NONE_REQUESTED"}}, listed=listed)

    put(orders, "order_of", order_of)


# ------------------------------------------------------------------------------------------------ pushes


@mutant("signatures are not checked", PUSHES + "test_a_push_that_does_not_fit_its_signature_is_not_believed")
def signatures_unchecked() -> None:
    put(webhooks, "check", lambda signature, key, body: None)


@mutant("keys are fetched each time", PUSHES + "test_one_key_is_asked_for_once")
def keys_uncached() -> None:
    put(webhooks, "KEY_SECONDS", -1)


@mutant(
    "subscribing makes everything anew", PUSHES + "test_subscribing_names_the_topics_and_again_is_harmless"
)
def subscribes_blindly() -> None:
    put(notifications.Notifications, "_find_subscription", lambda self, *_, **__: None)
