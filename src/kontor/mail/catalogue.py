"""Every mail that Kontor writes: its name, and values to look at it with.

The names of the values are the ones its words may use; a test reads all words in all languages against this list.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

LANGUAGES: Final = ("de", "en", "fr")
_PERSON: Final = {"name": "Martina Thomsen"}
_LINK: Final = {"link": "https://kontor.example/some/page?token=example"}
_PLACE: Final = {"at": "21.11.2026 14:05 UTC", "place": "198.51.100.7", "device": "Firefox 133, Linux"}

SAMPLES: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "verify_email": {**_PERSON, **_LINK, "email": "martina@thomsen.example", "hours": 48},
        "register_tried": {**_PERSON, **_LINK, **_PLACE, "email": "martina@thomsen.example"},
        "reset_password": {**_PERSON, **_LINK, "minutes": 60},
        "change_email": {**_PERSON, **_LINK, "email": "neu@thomsen.example", "hours": 24},
        "email_change_asked": {**_PERSON, "email": "neu@thomsen.example"},
        "email_changed": {**_PERSON, "email": "neu@thomsen.example"},
        "invitation": {
            **_LINK, "inviter": "Martina Thomsen", "company": "Thomsen Trödel & Technik", "days": 7,
        },
        "digest": {**_PERSON, **_LINK, "items": ["Thomsen: Bestellung 1001", "Thomsen: Import fertig"], "count": 2},
        "order.received": {**_PERSON, **_LINK, "company": "Thomsen", "number": "26-01001", "channel": "eBay"},
        "listing.refused": {**_PERSON, **_LINK, "company": "Thomsen", "title": "Kaffeemühle", "channel": "eBay"},
        "connection.refused": {**_PERSON, **_LINK, "company": "Thomsen", "channel": "eBay"},
        "import.done": {
            **_PERSON, **_LINK, "company": "Thomsen", "file": "waren.csv", "imported": 120, "refused": 3,
        },
        "webhook.disabled": {
            **_PERSON, **_LINK, "company": "Thomsen", "address": "https://erp.example/hooks/kontor",
        },
        "erasure_person_done": {**_PERSON, "receipt": "01936f6e-4f0a-7c3e", "count": 48},
        "erasure_business_done": {
            **_PERSON, "company": "Thomsen", "receipt": "01936f6e-4f0a-7c3e", "count": 12480, "ended": 112, "staying": 0,
        },
        "security.business_erasure": {
            **_PERSON, **_LINK, **_PLACE, "company": "Thomsen", "due_at": "2026-12-05 14:05 UTC",
        },
        "security.business_kept": {**_PERSON, **_LINK, **_PLACE, "company": "Thomsen"},
        "security.password_changed": {**_PERSON, **_LINK, **_PLACE},
        "security.session_reused": {**_PERSON, **_LINK, **_PLACE},
        "security.factor_added": {**_PERSON, **_LINK, **_PLACE},
        "security.factor_removed": {**_PERSON, **_LINK, **_PLACE},
        "security.recovery_made": {**_PERSON, **_LINK, **_PLACE},
        "security.recovery_used": {**_PERSON, **_LINK, **_PLACE},
        "security.role_changed": {**_PERSON, **_LINK, **_PLACE, "company": "Thomsen"},
    }
)  # fmt: skip
