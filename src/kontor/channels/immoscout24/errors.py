"""Reads every "no" of the portal as one of the contract's eight: by status and message code.

Almost every refusal is a 412 with one code, so there the sentence inside tells what is meant: it is English whatever the
language of the account, and part of what the portal documents.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from kontor.channels.contract.errors import (
    AlreadyThere,
    ChannelError,
    Gone,
    LoginNeeded,
    Rejected,
    SetupNeeded,
    Throttled,
    Unavailable,
    Unreadable,
)
from kontor.channels.contract.transport import Answer
from kontor.channels.immoscout24.mapping.rows import ROWS
from kontor.channels.immoscout24.wire.calls import Message, messages_of
from kontor.core.clock import now
from kontor.core.errors import Problem

REFERENCE: Final = "l-is24-requestrefnum"
_TAKEN: Final = "already exists for external id"
_NAMED: Final = re.compile(r"field '([\w.]+)'|starting with element '(?:\{[^}]*\})?([\w:]+)'|^([\w.]+) :")
_FIELDS: Final = {name: row.ours for row in reversed(ROWS) for name in row.theirs.split(".")} | {
    "address": "address.street", "price": "prices", "courtage": "commission.external",
    "energyCertificate": "energy.state", "attachment": "pictures", "externalId": "reference",
}  # fmt: skip
_REFUSED: Final = {
    "EV_EFFICIENCY_CLASS_NOT_VALID_FOR_THIS_CERTIFICATE": ("energy.class_not_valid", "energy.energy_class"),
    "EV_NOT_AVAILABLE_BUT_FIELDS_FILLED": ("energy.values_without_certificate", "energy.state"),
    "EV_WARM_WATER_FIELD_NOT_VALID_FOR_THIS_CERTIFICATE": ("energy.hot_water_not_valid", "energy.hot_water_included"),
    "EnergySourceEnev2014": ("energy.carrier_not_valid", "building.carriers"),
    "NUMBER_IS_OUT_OF_RANGE": ("energy.value_out_of_range", "energy.value"),
    "YEAR_INVALID": ("building.year_not_valid", "building.year_built"),
}  # fmt: skip


def error_from_answer(answer: Answer, call: str) -> ChannelError:
    """What an answer outside 2xx means. `call` is "METHOD path", for `maybe_applied`."""
    message = next(iter(messages_of(answer)), Message("", ""))
    code = message.code or str(answer.status)
    if answer.status == 429:
        wait = answer.headers.get("retry-after", "").strip()
        until = now() + timedelta(seconds=float(wait) if wait.isdigit() else 0.0)
        return Throttled("The portal's request limit is reached", until=until, resource="", channel_code=code)
    if answer.status >= 500:
        return Unavailable(
            "ImmobilienScout24 can't be reached",
            maybe_applied=not call.startswith(("GET ", "HEAD ")),
            channel_code=code,
        )
    if answer.status == 401:
        # A token has no end: this means that it was taken back.
        return LoginNeeded("ImmobilienScout24 no longer accepts the sign-in", channel_code=code)
    if answer.status == 403:
        detail = "Your account at ImmobilienScout24 lacks the right for this"
        return SetupNeeded(detail, what="api_access", channel_code=code)
    if answer.status in (404, 410):
        return Gone("ImmobilienScout24 does not have this any more", channel_code=code)
    if answer.status == 409 or code == "ERROR_RESOURCE_NOT_UNIQUE" or _TAKEN in message.inner:
        return AlreadyThere("ImmobilienScout24 has this already", channel_code=code)
    if message.code:
        return _rejected(message, answer)
    return Unreadable(
        f"ImmobilienScout24 answered {answer.status} in a form that can't be read", channel_code=code
    )


def _rejected(message: Message, answer: Answer) -> Rejected:
    """The portal names its first problem alone."""
    inner = message.inner
    known = next((meant for word, meant in _REFUSED.items() if word in inner), None)
    meaning, field = known or ("refused", _field_of(inner))
    if message.code == "ERROR_COMMON_SCHEMA_VALIDATION_FAILED":
        meaning = "schema"
    params = {
        "channel_code": message.code,
        "channel_message": inner,
        "channel_reference": answer.headers.get(REFERENCE, ""),
    }
    problem = Problem(f"immoscout24.{meaning}", "ImmobilienScout24 does not accept this", field, params)
    return Rejected("ImmobilienScout24 does not accept this", channel_code=message.code, problems=(problem,))


def _field_of(inner: str) -> str:
    match = _NAMED.search(inner)
    if match is None:
        return ""
    named = next(each for each in match.groups() if each)
    return _FIELDS.get(named.rpartition(":")[2].rpartition(".")[2], "")
