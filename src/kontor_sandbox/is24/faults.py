"""ImmobilienScout24's faults."""

from kontor_sandbox.faults import Fault

_ALL = ("* /restapi/api/offer/*",)
_WRITES = "P* /restapi/api/offer/*"
_PUBLISH = "POST /restapi/api/offer/v1.0/publish"
_LISTS = ("GET /restapi/api/offer/v1.0/user/*/realestate", "GET /restapi/api/offer/*/attachment")

FAULTS = (
    Fault(
        "answer_lost",
        "The call is carried out and committed; then the connection drops without an answer.",
        _ALL,
        ((_WRITES, 3), (_PUBLISH, 1)),
    ),
    Fault("server_error_once", "503 with ERROR_COMMON_SERVICE_UNAVAILABLE; nothing was done.", _ALL, ((_WRITES, 4),)),
    Fault(
        "concurrent_access",
        "A publish call meets another one: 409 that names no publication; nothing was done.",
        (_PUBLISH,),
        ((_PUBLISH, 2),),
    ),
    Fault("throttled", "429 with Retry-After; the application's budget is gone for some seconds.", _ALL, ((_WRITES, 6),)),
    Fault(
        "token_revoked",
        "One account takes consent back: 401 until a person consents again.",
        _ALL,
        (("GET /restapi/api/offer/*", 6),),
    ),
    Fault("slow", "The answer takes some seconds.", _ALL, ((_WRITES, 8),)),
    Fault("html_error", "An HTML page with status 502 from the edge; nothing was done.", _ALL, ((_WRITES, 8),)),
    Fault("truncated_page", "A list's body ends in the middle.", _LISTS, ((_LISTS[0], 1),)),
    Fault(
        "schema_drift",
        "A write is refused by a schema that was changed; a read has an element that no description knows.",
        ("P* /restapi/api/offer/*/realestate*", "GET /restapi/api/offer/*/realestate/*"),
        (("GET /restapi/api/offer/*/realestate/*", 3),),
    ),
    Fault("duplicate_enquiry", "The mail of an enquiry comes twice.", ("ENQUIRY *",), (("ENQUIRY *", 1),)),
)  # fmt: skip
