"""Is this account able to sell, and what does it lack? Answered by the calls that publishing itself stands on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from kontor.channels.contract.capabilities import ChecksAccount
from kontor.channels.contract.errors import AlreadyThere, Rejected, SetupNeeded
from kontor.channels.contract.transport import Answer
from kontor.channels.contract.values import AccountReport, SetupItem
from kontor.channels.ebay.connector.calls import ACCOUNT, IDENTITY, INVENTORY, Calls, segment
from kontor.channels.ebay.connector.policies import POLICIES, PolicyKind, policy_body
from kontor.channels.ebay.manifest import MANIFEST
from kontor.channels.ebay.wire import account as wire
from kontor.channels.ebay.wire.base import Sent, read
from kontor.channels.ebay.wire.location import Location, LocationAddress, LocationDetails, LocationsRead
from kontor.core.errors import Problem

LOCATION_SETTING: Final = "merchant_location_key"
LOCATION_KEY: Final = "kontor"
LOCATION_NAME: Final = "Kontor"


class Accounts(Calls, ChecksAccount):
    """Privileges, business policies, and the place that goods leave from."""

    def check_account(self) -> AccountReport:
        user = self._user()
        privileges = read(wire.Privileges, self._account("GET", "privilege"))
        missing: list[SetupItem] = []
        settings: dict[str, str] = {}
        if not privileges.sellerRegistrationCompleted:
            missing.append(
                SetupItem("registration", "Complete your registration as a seller on eBay", creatable=False)
            )
        if self._has_policies():
            for kind in POLICIES:
                self._settle(missing, settings, kind.setting, kind.code, kind.message, self._policies(kind))
        else:
            missing.append(
                SetupItem("program.policies", "Business policies are not switched on yet", creatable=True)
            )
        self._settle(
            missing,
            settings,
            LOCATION_SETTING,
            "location",
            "The place that your goods are sent from is missing",
            self._locations(),
        )
        return AccountReport(
            account_id=user.userId,
            account_name=user.username or user.userId,
            missing=tuple(missing),
            settings=settings,
            facts=_facts(user, privileges),
        )

    def create_setup(self, code: str) -> None:
        makers: dict[str, Callable[[], None]] = {
            "program.policies": self._opt_in,
            "location": self._create_location,
        } | {kind.code: lambda kind=kind: self._create_policy(kind) for kind in POLICIES}
        if code not in makers:
            problem = Problem("ebay.setup.by_hand", "This can only be done on eBay", params={"what": code})
            raise Rejected("This can only be done on eBay", problems=(problem,))
        makers[code]()

    def _settle(
        self,
        missing: list[SetupItem],
        settings: dict[str, str],
        setting: str,
        code: str,
        message: str,
        found: list[tuple[str, str]],
    ) -> None:
        """The earlier choice where it still stands, the only one there is, or else a question."""
        chosen = self._http.settings.get(setting, "")
        if chosen in {each for each, _ in found}:
            settings[setting] = chosen
        elif len(found) == 1:
            settings[setting] = found[0][0]
        else:
            item = SetupItem(code, message, creatable=not found, choices=tuple(found), setting=setting)
            missing.append(item)

    def _user(self) -> wire.User:
        answer = self._http.request("GET", f"{IDENTITY}/user/", host="apiz", resource="identity")
        return read(wire.User, answer)

    def _account(
        self, method: str, path: str, body: Sent | None = None, params: dict[str, str] | None = None
    ) -> Answer:
        return self._http.request(
            method,
            f"{ACCOUNT}/{path}",
            resource="account",
            params=params,
            json=body.body() if body is not None else None,
        )

    def _has_policies(self) -> bool:
        programs = read(wire.Programs, self._account("GET", "program/get_opted_in_programs")).programs
        return any(program.programType == "SELLING_POLICY_MANAGEMENT" for program in programs)

    def _policies(self, kind: PolicyKind) -> list[tuple[str, str]]:
        params = {"marketplace_id": self._marketplace}
        found = read(wire.PoliciesRead, self._account("GET", kind.path, params=params)).all
        return [(policy.id, policy.name) for policy in found if policy.id]

    def _locations(self) -> list[tuple[str, str]]:
        answer = self._http.request(
            "GET", f"{INVENTORY}/location", resource="inventory", params={"limit": "100", "offset": "0"}
        )
        return [
            (location.merchantLocationKey, location.name or location.merchantLocationKey)
            for location in read(LocationsRead, answer).locations
            if location.merchantLocationStatus != "DISABLED"
        ]

    def _opt_in(self) -> None:
        try:
            self._account("POST", "program/opt_in", wire.Program())
        except AlreadyThere:
            return

    def _create_policy(self, kind: PolicyKind) -> None:
        # A name is unique at eBay; one that is there already, from a press whose answer was lost, is the wanted one.
        if any(name == kind.name for _, name in self._policies(kind)):
            return
        body = policy_body(kind, self._http)
        try:
            self._account("POST", kind.create_path, body)
        except AlreadyThere:
            return

    def _create_location(self) -> None:
        registered = self._user().address
        country = registered.country or MANIFEST.marketplace(self._marketplace).country
        if not registered.postalCode and not (registered.city and registered.stateOrProvince):
            raise SetupNeeded(
                "eBay does not tell where you are registered: add a location there", what="location"
            )
        address = LocationAddress(
            country=country,
            postalCode=registered.postalCode or None,
            city=registered.city or None,
            stateOrProvince=registered.stateOrProvince or None,
        )
        body = Location(location=LocationDetails(address=address), name=LOCATION_NAME)
        try:
            self._inventory("POST", f"location/{segment(LOCATION_KEY)}", body)
        except AlreadyThere:
            return


def _facts(user: wire.User, privileges: wire.Privileges) -> dict[str, Any]:
    limit = privileges.sellingLimit
    amount = limit.amount if limit else None
    facts = {
        "registration_completed": privileges.sellerRegistrationCompleted,
        "selling_limit_quantity": limit.quantity if limit else None,
        "selling_limit_amount": f"{amount.value} {amount.currency}" if amount else None,
        "email": user.email,
        "registration_marketplace": user.registrationMarketplaceId,
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}
