"""Whose account this is and what it lacks, by the calls that publishing stands on: contacts and channels."""

from __future__ import annotations

from typing import Final

from kontor.channels.contract.capabilities import ChecksAccount
from kontor.channels.contract.errors import Rejected
from kontor.channels.contract.values import AccountReport, SetupItem
from kontor.channels.immoscout24.connector.calls import SHOWN_ON, Calls
from kontor.channels.immoscout24.mapping.listing import CONTACT_SETTING
from kontor.channels.immoscout24.routes import CHANNELS, CONTACTS
from kontor.channels.immoscout24.wire.calls import contacts_of
from kontor.channels.immoscout24.wire.document import first, parts
from kontor.core.errors import Problem

_BY_HAND: Final = "This can only be done at ImmobilienScout24"


class Accounts(Calls, ChecksAccount):
    """The portal tells no name of an account: its default contact, of which each account has one, stands for it."""

    def check_account(self) -> AccountReport:
        contacts = contacts_of(self._ask(CONTACTS))
        channels = [
            (first(each, "@id"), first(each, "@title"))
            for each in parts(self._ask(CHANNELS).body, "publishChannel")
        ]
        missing: list[SetupItem] = []
        settings: dict[str, str] = {}
        own = next((each for each in contacts if each.is_default), None)
        if own is None:
            missing.append(SetupItem("contact", "Your account has no contact yet", creatable=False))
        if SHOWN_ON not in {each for each, _ in channels}:
            missing.append(
                SetupItem("publish_channel", "Your account may not publish on the portal", creatable=False)
            )
        chosen = self._http.settings.get(CONTACT_SETTING, "")
        if chosen in {each.id for each in contacts}:
            settings[CONTACT_SETTING] = chosen
        elif own is not None:
            settings[CONTACT_SETTING] = own.id
        return AccountReport(
            account_id=own.id if own else "",
            account_name=own.name if own else "",
            missing=tuple(missing),
            settings=settings,
            facts={"contacts": [(each.id, each.name) for each in contacts], "channels": channels},
        )

    def create_setup(self, code: str) -> None:
        problem = Problem("immoscout24.setup.by_hand", _BY_HAND, params={"what": code})
        raise Rejected(_BY_HAND, problems=(problem,))
