"""Account API: privileges, programmes and the three kinds of business policies; and the seller's identity."""

from __future__ import annotations

from typing import Any

from kontor_sandbox.ebay.errors import Problem, Refusal, refuse
from kontor_sandbox.ebay.marketplaces import MARKETPLACES
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.ebay.sellers import seller
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, dump, find, load, next_number, rows

OPERATIONS = Operations("sell_account_v1", "sell.account")
_IDENTITY = Operations("commerce_identity_v1", "commerce.identity")
_BASE = "/sell/account/v1"
_PROGRAMS = ("OUT_OF_STOCK_CONTROL", "PARTNER_MOTORS_DEALER", "SELLING_POLICY_MANAGEMENT")
_CATEGORY_TYPES = ("ALL_EXCLUDING_MOTORS_VEHICLES", "MOTORS_VEHICLES")

_PLURALS = {"fulfillment": "fulfillmentPolicies", "payment": "paymentPolicies", "return": "returnPolicies"}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "fulfillment": {
        "freightShipping": False,
        "globalShipping": False,
        "localPickup": False,
        "pickupDropOff": False,
        "shipToLocations": {"regionIncluded": [], "regionExcluded": []},
    },
    "payment": {"immediatePay": False, "paymentMethods": []},
    "return": {"refundMethod": "MONEY_BACK"},
}


@OPERATIONS.add("GET", f"{_BASE}/privilege")
def get_privileges(call: Call) -> Answer:
    """Whether the seller may sell, and how much in a month."""
    site = MARKETPLACES[seller(call.db, call.seller_id)["registrationMarketplaceId"]]
    amount = {"value": f"{call.world.setting('selling_limit_amount'):.2f}", "currency": site.currency}
    limit = {"amount": amount, "quantity": call.world.setting("selling_limit_quantity")}
    return Answer(200, {"sellerRegistrationCompleted": True, "sellingLimit": limit})


@OPERATIONS.add("GET", f"{_BASE}/program/get_opted_in_programs")
def get_opted_in_programs(call: Call) -> Answer:
    """The programmes that the seller takes part in."""
    programs = rows(call.db, "SELECT program FROM ebay_program WHERE seller_id = ?", call.seller_id)
    return Answer(200, {"programs": [{"programType": row["program"]} for row in programs]})


@OPERATIONS.add("POST", f"{_BASE}/program/opt_in")
def opt_in(call: Call) -> Answer:
    """Take part in a programme; here at once, at eBay within a day."""
    call.db.execute("INSERT OR IGNORE INTO ebay_program VALUES (?, ?)", (call.seller_id, _program(call)))
    return Answer(200, {})


@OPERATIONS.add("POST", f"{_BASE}/program/opt_out")
def opt_out(call: Call) -> Answer:
    """Leave a programme."""
    call.db.execute(
        "DELETE FROM ebay_program WHERE seller_id = ? AND program = ?", (call.seller_id, _program(call))
    )
    return Answer(200, {})


def _program(call: Call) -> str:
    program = call.body.get("programType") if isinstance(call.body, dict) else None
    if program not in _PROGRAMS:
        raise refuse(20403, field="programType")
    return str(program)


@OPERATIONS.add("GET", f"{_BASE}/kyc")
def get_kyc(call: Call) -> Answer:
    """Nothing is asked of the played sellers."""
    return Answer(204)


@OPERATIONS.add("GET", f"{_BASE}/subscription")
def get_subscription(call: Call) -> Answer:
    """The played sellers have no shop subscription."""
    return Answer(
        200, {"subscriptions": [], "total": 0, "limit": 10, "href": call.url(call.request.raw_path)}
    )


@OPERATIONS.add("GET", f"{_BASE}/advertising_eligibility")
def get_advertising_eligibility(call: Call) -> Answer:
    """The call that shows whether the marketplace header is sent where it is needed."""
    if call.request.headers.get("x-ebay-c-marketplace-id") not in MARKETPLACES:
        raise refuse(50114)
    return Answer(
        200,
        {"advertisingEligibility": [{"programType": "PROMOTED_LISTINGS_STANDARD", "status": "ELIGIBLE"}]},
    )


def _id_field(kind: str) -> str:
    return f"{kind}PolicyId"


def _policy_body(kind: str, row: Row) -> dict[str, Any]:
    body: dict[str, Any] = _DEFAULTS[kind] | load(row["body"])
    return body | {_id_field(kind): row["policy_id"]}


def _checked(call: Call) -> dict[str, Any]:
    body = call.body if isinstance(call.body, dict) else {}
    for name in ("name", "marketplaceId", "categoryTypes"):
        if not body.get(name):
            raise refuse(20401, field=name)
    if body["marketplaceId"] not in MARKETPLACES:
        raise refuse(20403, field="marketplaceId")
    if len(body["name"]) > 64:
        raise refuse(20403, field="name")
    if any(kind.get("name") not in _CATEGORY_TYPES for kind in body["categoryTypes"]):
        raise refuse(20403, field="categoryTypes.name")
    if not find(
        call.db,
        "SELECT 1 FROM ebay_program WHERE seller_id = ? AND program = 'SELLING_POLICY_MANAGEMENT'",
        call.seller_id,
    ):
        raise refuse(20400, "eligible")
    return body


def _check_kind(kind: str, body: dict[str, Any]) -> None:
    if kind == "return":
        if not isinstance(body.get("returnsAccepted"), bool):
            raise refuse(20401, field="returnsAccepted")
        if body["returnsAccepted"] and not (body.get("returnPeriod") and body.get("returnShippingCostPayer")):
            raise refuse(20401, field="returnPeriod, returnShippingCostPayer")
    if kind == "fulfillment" and not body.get("localPickup"):
        options = body.get("shippingOptions") or []
        if not any(
            option.get("optionType") == "DOMESTIC" and option.get("shippingServices") for option in options
        ):
            raise refuse(20401, field="shippingOptions.shippingServices")
        if not body.get("handlingTime"):
            raise refuse(20401, field="handlingTime")


def _create(kind: str, call: Call) -> Answer:
    body = _checked(call)
    _check_kind(kind, body)
    same = _by_name(kind, call, body["marketplaceId"], body["name"])
    if same is not None:
        raise Refusal(Problem(20400, "duplicate", {"duplicatePolicyId": same["policy_id"]}))
    policy_id = str(next_number(call.db, "ebay_policy", 6_203_911_000))
    call.db.execute(
        "INSERT INTO ebay_policy VALUES (?, ?, ?, ?, ?, ?)",
        (policy_id, call.seller_id, kind, body["marketplaceId"], body["name"], dump(body)),
    )
    row = _own(kind, call, policy_id)
    location = call.url(f"{_BASE}/{kind}_policy/{policy_id}")
    return Answer(201, _policy_body(kind, row) | {"warnings": []}, {"Location": location})


def _by_name(kind: str, call: Call, marketplace_id: str, name: str) -> Row | None:
    return find(
        call.db,
        "SELECT * FROM ebay_policy WHERE seller_id = ? AND kind = ? AND marketplace_id = ? AND name = ?",
        *(call.seller_id, kind, marketplace_id, name),
    )


def _own(kind: str, call: Call, policy_id: str) -> Row:
    row = find(
        call.db,
        "SELECT * FROM ebay_policy WHERE seller_id = ? AND kind = ? AND policy_id = ?",
        *(call.seller_id, kind, policy_id),
    )
    if row is None:
        raise Refusal(Problem(20404, parameters={"field": _id_field(kind)}), status=404)
    return row


def _listed(kind: str, call: Call) -> Answer:
    marketplace_id = call.query.get("marketplace_id")
    if marketplace_id not in MARKETPLACES:
        raise refuse(20403 if marketplace_id else 20401, field="marketplace_id")
    found = rows(
        call.db,
        "SELECT * FROM ebay_policy WHERE seller_id = ? AND kind = ? AND marketplace_id = ? ORDER BY policy_id",
        *(call.seller_id, kind, marketplace_id),
    )
    return Answer(200, {"total": len(found), _PLURALS[kind]: [_policy_body(kind, row) for row in found]})


def _named(kind: str, call: Call) -> Answer:
    row = _by_name(kind, call, call.query.get("marketplace_id", ""), call.query.get("name", ""))
    if row is None:
        raise Refusal(Problem(20404, parameters={"field": "name"}), status=404)
    return Answer(200, _policy_body(kind, row))


def _replace(kind: str, call: Call) -> Answer:
    row = _own(kind, call, call.path["policy_id"])
    body = _checked(call)
    _check_kind(kind, body)
    call.db.execute(
        "UPDATE ebay_policy SET marketplace_id = ?, name = ?, body = ? WHERE policy_id = ?",
        (body["marketplaceId"], body["name"], dump(body), row["policy_id"]),
    )
    return Answer(200, _policy_body(kind, _own(kind, call, row["policy_id"])) | {"warnings": []})


def _delete(kind: str, call: Call) -> Answer:
    row = _own(kind, call, call.path["policy_id"])
    in_use = find(
        call.db,
        "SELECT 1 FROM ebay_offer WHERE seller_id = ? AND json_extract(body, ?) = ?",
        *(call.seller_id, f"$.listingPolicies.{_id_field(kind)}", row["policy_id"]),
    )
    if in_use is not None:
        raise refuse(20409)
    call.db.execute("DELETE FROM ebay_policy WHERE policy_id = ?", (row["policy_id"],))
    return Answer(204)


def _register(kind: str) -> None:
    base = f"{_BASE}/{kind}_policy"
    # The description has a trailing slash for one of the three only; eBay itself takes both forms.
    OPERATIONS.add("POST", f"{base}/")(lambda call: _create(kind, call))
    if kind != "fulfillment":
        OPERATIONS.add("POST", base)(lambda call: _create(kind, call))
    OPERATIONS.add("GET", base)(lambda call: _listed(kind, call))
    OPERATIONS.add("GET", f"{base}/get_by_policy_name")(lambda call: _named(kind, call))
    OPERATIONS.add("GET", f"{base}/{{policy_id}}")(
        lambda call: Answer(200, _policy_body(kind, _own(kind, call, call.path["policy_id"])))
    )
    OPERATIONS.add("PUT", f"{base}/{{policy_id}}")(lambda call: _replace(kind, call))
    OPERATIONS.add("DELETE", f"{base}/{{policy_id}}")(lambda call: _delete(kind, call))


for _kind in _PLURALS:
    _register(_kind)


def _get_user(call: Call) -> Answer:
    """Who the token belongs to."""
    body = seller(call.db, call.seller_id)
    business = {
        "name": body["title"],
        "email": body["email"],
        "primaryContact": body["contact"],
        "address": body["address"],
    }
    return Answer(
        200,
        {
            "userId": body["userId"],
            "username": body["username"],
            "accountType": "BUSINESS",
            "registrationMarketplaceId": body["registrationMarketplaceId"],
            "status": "CONFIRMED",
            "businessAccount": business,
        },
    )


for _path in ("/commerce/identity/v1/user/", "/commerce/identity/v1/user"):
    _IDENTITY.add("GET", _path)(_get_user)
OPERATIONS.listed.extend(_IDENTITY.listed)
