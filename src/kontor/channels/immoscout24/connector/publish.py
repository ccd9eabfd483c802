"""Puts properties on the portal: the object, its pictures, then its publication. Each step may be asked twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from kontor.channels.contract.capabilities import Preflights, Publishes
from kontor.channels.contract.errors import AlreadyThere, ChannelError, Gone, Rejected, Unreadable
from kontor.channels.contract.journal import SAFE, InDoubt, Journal, Json
from kontor.channels.contract.values import CategoryRules, PropertyOut, Published
from kontor.channels.immoscout24.connector.attachments import Attaching
from kontor.channels.immoscout24.mapping.kinds import type_of
from kontor.channels.immoscout24.mapping.listing import document_of
from kontor.channels.immoscout24.preflight import problems_of
from kontor.channels.immoscout24.routes import OBJECTS, PUBLISH
from kontor.channels.immoscout24.wire.calls import created_id, publication
from kontor.core.errors import Problem

ONE_LISTING: Final = (Rejected, AlreadyThere, Gone, Unreadable, InDoubt)
"""What concerns one property; the rest concerns the account and ends the run."""

Outcomes = Mapping[UUID, Published | ChannelError]


class Preflighting(Preflights[PropertyOut]):
    """Rules without a call: see the preflight package."""

    def preflight(self, listing: PropertyOut, rules: CategoryRules | None) -> tuple[Problem, ...]:
        return problems_of(listing)


class Publishing(Attaching, Publishes[PropertyOut]):
    """One object after the other: the portal wants publications in a row, never side by side."""

    batch_size = 1

    def publish(self, batch: Sequence[PropertyOut], run: Journal) -> Outcomes:
        return _each(batch, partial(self._publish, run=run))

    def withdraw(self, batch: Sequence[PropertyOut], run: Journal) -> Outcomes:
        return _each(batch, partial(self._withdraw, run=run))

    def _publish(self, listing: PropertyOut, run: Journal) -> Published:
        problems = problems_of(listing)
        if errors := tuple(each for each in problems if each.severity == "error"):
            raise Rejected("The property is not ready for ImmobilienScout24", problems=errors)
        object_id = self._put(listing, run)
        self._attach(listing, object_id, run)
        channels = self._channels(listing)
        for channel_id in channels:
            show = partial(self._show, object_id, channel_id)
            run.step(listing.publication_id, f"publish:{channel_id}", show, again=SAFE)
        for channel_id in sorted(set(listing.bound.get("channels", ())) - set(channels)):
            hide = partial(self._hide, object_id, channel_id)
            run.step(listing.publication_id, f"hide:{channel_id}", hide, again=SAFE)
        return self._published(listing, object_id, channels, problems)

    def _put(self, listing: PropertyOut, run: Journal) -> str:
        """The object as it should be: replaced where it is bound, else created or adopted by our number."""
        object_id = str(listing.bound.get("object_id", ""))
        if not object_id:
            made = run.step(
                listing.publication_id,
                "create",
                partial(self._create, listing),
                again=partial(self._created, listing),
            )
            object_id = str(made["object_id"])
            if not made.get("adopted"):
                return object_id
        replace = partial(self._replace, object_id, document_of(listing))
        run.step(listing.publication_id, "replace", replace, again=SAFE)
        return object_id

    def _create(self, listing: PropertyOut) -> Json:
        try:
            return {"object_id": created_id(self._tell("POST", OBJECTS, document_of(listing), energy=True))}
        except AlreadyThere:
            found = self._created(listing)
            if found is None:
                raise
            return found

    def _created(self, listing: PropertyOut) -> Json | None:
        """What has our number there: ours by an answer that was lost, or the office's from before."""
        found = self._find(listing)
        return {"object_id": found, "adopted": True} if found else None

    def _replace(self, object_id: str, body: bytes) -> Json:
        self._tell("PUT", f"{OBJECTS}/{object_id}", body, energy=True)
        return {}

    def _show(self, object_id: str, channel_id: str) -> Json:
        try:
            self._tell("POST", PUBLISH, publication(object_id, channel_id))
        except AlreadyThere:
            return {"was_on": True}
        return {}

    def _hide(self, object_id: str, channel_id: str) -> Json:
        # A second time is a 404, whatever the documents say.
        return {"was_on": self._remove(f"{PUBLISH}/{object_id}_{channel_id}")}

    def _withdraw(self, listing: PropertyOut, run: Journal) -> Published:
        """The object stays, inactive: deleting and making it again is forbidden there."""
        object_id = str(listing.bound.get("object_id", "")) or self._find(listing)
        channels = tuple(listing.bound.get("channels", ())) or self._channels(listing)
        for channel_id in channels if object_id else ():
            hide = partial(self._hide, object_id, str(channel_id))
            run.step(listing.publication_id, f"withdraw:{channel_id}", hide, again=SAFE)
        return self._published(listing, object_id, (), ())

    def _published(
        self, listing: PropertyOut, object_id: str, channels: Sequence[str], problems: Sequence[Problem]
    ) -> Published:
        bound = {"object_id": object_id, "type": type_of(listing.content), "channels": list(channels)}
        return Published(
            external_id=object_id,
            address=self._address(object_id),
            bound={**listing.bound, **bound},
            warnings=tuple(each for each in problems if each.severity == "warning"),
        )


def _each(batch: Sequence[PropertyOut], do: Callable[[PropertyOut], Published]) -> Outcomes:
    outcomes: dict[UUID, Published | ChannelError] = {}
    for listing in batch:
        try:
            outcomes[listing.publication_id] = do(listing)
        except ONE_LISTING as error:
            outcomes[listing.publication_id] = error
    return outcomes
