"""eBay's faults; the plan's points lie within what a run of 60 listings and 20 orders does."""

from kontor_sandbox.faults import Fault
from kontor_sandbox.web import FAULT as PICTURE_GONE

_WRITES = "P* /sell/inventory/v1/*"
_SELL = "* /sell/*"
_EVENTS = ("EVENT *",)
_LISTS = (
    "GET /sell/fulfillment/v1/order",
    "GET /sell/inventory/v1/offer",
    "GET /sell/inventory/v1/inventory_item",
    "GET /sell/account/v1/*_policy",
    "GET /sell/inventory/v1/location",
    "GET /commerce/notification/v1/*",
    "GET /commerce/taxonomy/*",
)
_ALL = ("* /sell/*", "* /commerce/*", "* /developer/*")
_WITH_TOKEN = ("* /identity/v1/oauth2/token", *_ALL)

FAULTS = (
    Fault(
        "answer_lost",
        "The call is carried out and committed; then the connection drops without an answer.",
        _WITH_TOKEN,
        (
            ("PUT /sell/inventory/v1/inventory_item/*", 20),
            ("POST /sell/inventory/v1/*offer*", 3),
            ("POST /sell/inventory/v1/*publish*", 1),
        ),
    ),
    Fault(
        "server_error_once",
        "500 with error 25001 or 2003; nothing was done.",
        _WITH_TOKEN,
        ((_WRITES, 3), ("GET /sell/fulfillment/v1/order*", 3)),
    ),
    Fault(
        "concurrent_access",
        "500 with error 25025; nothing was done.",
        ("P* /sell/inventory/*",),
        ((_WRITES, 6),),
    ),
    Fault(
        "throttled",
        "429 with error 2001 and no Retry-After; every call to this resource for some seconds.",
        _WITH_TOKEN,
        ((_WRITES, 8),),
    ),
    Fault(
        "throttled_retry_after",
        "429 with error 2001 and Retry-After; every call to this resource for some seconds.",
        _WITH_TOKEN,
        (("* /commerce/media/*", 20),),
    ),
    Fault(
        "token_expired", "The access token dies before its time: 401 with error 1001.", _ALL, ((_SELL, 20),)
    ),
    Fault(
        "token_revoked",
        "The seller takes consent back: 401, refreshing answers invalid_grant, until a person consents again.",
        ("* /sell/inventory/*", "* /sell/fulfillment/*", "* /sell/account/*"),
        (("GET /sell/fulfillment/v1/order*", 6),),
    ),
    Fault("slow", "The answer takes some seconds.", _WITH_TOKEN, ((_SELL, 25),)),
    Fault(
        "html_error",
        "An HTML page with status 502 from the edge; nothing was done.",
        _WITH_TOKEN,
        ((_SELL, 25),),
    ),
    Fault("duplicate_event", "A notification is sent twice.", _EVENTS, (("EVENT *", 4),)),
    Fault("reordered_events", "A notification is overtaken by the next one.", _EVENTS, (("EVENT *", 8),)),
    Fault(
        "truncated_page",
        "A list's body ends in the middle.",
        _LISTS,
        (("GET /sell/fulfillment/v1/order", 3),),
    ),
    Fault(
        "schema_drift",
        "The answer has fields and values that no description knows.",
        ("GET /sell/*", "GET /commerce/*", "POST /sell/inventory/v1/*publish*"),
        (("GET /sell/inventory/v1/*", 10), ("GET /sell/fulfillment/v1/order*", 6)),
    ),
    Fault(
        "partial_bulk",
        "One row of a bulk call fails for the moment (207, error 25001), the others are done.",
        ("POST /sell/inventory/v1/bulk_*",),
        (("POST /sell/inventory/v1/bulk_*", 0),),
    ),
    PICTURE_GONE,
)
