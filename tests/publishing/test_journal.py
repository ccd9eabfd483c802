"""Whatever happens between intent and answer, a step's effect on the channel happens once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import connection, publication_id

from kontor.channels.contract.errors import Rejected, Unavailable
from kontor.channels.contract.journal import ASK, SAFE, InDoubt, Json
from kontor.core.tenancy import tenant
from kontor.publishing.journal import DatabaseJournal
from kontor.publishing.models import Step


class KilledError(BaseException):
    """The worker dies here: nothing after this line runs."""


class World:
    """The channel's side: each effect that really happened."""

    def __init__(self) -> None:
        self.effects: list[str] = []

    def create(self, fate: str) -> Json:
        """Creates something, and meets its fate before or after."""
        if fate == "killed before":
            raise KilledError
        if fate == "refused":
            raise Rejected("no")
        if fate == "outage":
            raise Unavailable("down", maybe_applied=False)
        self.effects.append(f"id-{len(self.effects)}")
        if fate == "killed after":
            raise KilledError
        if fate == "answer lost":
            raise Unavailable("gone", maybe_applied=True)
        return {"id": self.effects[-1]}

    def look(self) -> Json | None:
        """What a search at the channel finds."""
        return {"id": self.effects[0]} if self.effects else None


FATES = st.lists(
    st.sampled_from(["fine", "refused", "outage", "answer lost", "killed before", "killed after"]), max_size=6
)


def wanted(tenant_id: uuid.UUID) -> uuid.UUID:
    """A publication that nothing was done for yet."""
    return publication_id(tenant_id, f"WL-{uuid.uuid4().hex[:8]}")


def journal(tenant_id: uuid.UUID, publication: uuid.UUID, generation: int = 1) -> DatabaseJournal:
    return DatabaseJournal(tenant_id, uuid.uuid4(), {publication: generation}, lambda: None)


@pytest.mark.usefixtures("db")
class TestOneStep:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(fates=FATES, new_wish_at=st.integers(0, 6))
    def test_its_effect_happens_once_with_a_look(
        self, tenant_a: uuid.UUID, fates: list[str], new_wish_at: int
    ) -> None:
        world, publication, results = World(), wanted(tenant_a), []
        for attempt, fate in enumerate([*fates, "fine"]):
            generation = 1 if attempt < new_wish_at else 2
            try:
                results.append(
                    journal(tenant_a, publication, generation).step(
                        publication, "offer", lambda fate=fate: world.create(fate), again=world.look
                    )
                )
            except (KilledError, Rejected, Unavailable):
                continue
            break
        assert len(world.effects) == 1
        assert results == [{"id": "id-0"}]

    def test_a_known_result_is_returned_and_nothing_called(self, tenant_a: uuid.UUID) -> None:
        world, publication = World(), wanted(tenant_a)
        for _ in range(2):
            result = journal(tenant_a, publication).step(
                publication, "offer", lambda: world.create("fine"), again=SAFE
            )
        assert result == {"id": "id-0"}
        assert world.effects == ["id-0"]

    def test_a_new_wish_does_the_step_anew(self, tenant_a: uuid.UUID) -> None:
        world, publication = World(), wanted(tenant_a)
        for generation in (1, 2):
            journal(tenant_a, publication, generation).step(
                publication, "item", lambda: world.create("fine"), again=SAFE
            )
        assert len(world.effects) == 2

    def test_where_only_a_person_can_look_nothing_is_called(self, tenant_a: uuid.UUID) -> None:
        world, publication = World(), wanted(tenant_a)
        with pytest.raises(KilledError):
            journal(tenant_a, publication).step(
                publication, "mail", lambda: world.create("killed after"), again=ASK
            )
        with pytest.raises(InDoubt):
            journal(tenant_a, publication).step(publication, "mail", lambda: world.create("fine"), again=ASK)
        assert len(world.effects) == 1

    def test_a_worker_that_lost_its_lease_calls_nothing(self, tenant_a: uuid.UUID) -> None:
        world, publication = World(), wanted(tenant_a)

        def lost() -> None:
            raise KilledError

        with pytest.raises(KilledError):
            DatabaseJournal(tenant_a, uuid.uuid4(), {publication: 1}, lost).step(
                publication, "offer", lambda: world.create("fine"), again=SAFE
            )
        assert world.effects == []


@pytest.mark.usefixtures("db")
class TestRowsOfABulkCall:
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        turns=st.lists(
            st.lists(st.sampled_from(["fine", "refused", "lost"]), min_size=4, max_size=4), max_size=4
        )
    )
    def test_each_row_settles_its_own(self, tenant_a: uuid.UUID, turns: list[list[str]]) -> None:
        publication, done = wanted(tenant_a), dict[str, int]()
        skus = ["a", "b", "c", "d"]

        def call(fates: dict[str, str], rows: Sequence[str]) -> dict[str, Json | Rejected | Unavailable]:
            answers: dict[str, Json | Rejected | Unavailable] = {}
            for sku in rows:
                if fates[sku] == "refused":
                    answers[sku] = Rejected("no")
                    continue
                done[sku] = done.get(sku, 0) + 1
                lost = fates[sku] == "lost"
                answers[sku] = Unavailable("?", maybe_applied=True) if lost else {"id": sku}
            return answers

        for turn in [*turns, ["fine"] * 4]:
            fates = dict(zip(skus, turn, strict=True))
            settled = journal(tenant_a, publication).rows(
                "offer",
                skus,
                lambda rows, fates=fates: call(fates, rows),
                key=lambda sku: (publication, sku),
                again=lambda sku: {"id": sku} if sku in done else None,
            )
        assert settled == {sku: {"id": sku} for sku in skus}
        assert done == dict.fromkeys(skus, 1)

    def test_a_call_that_never_left_leaves_no_doubt(self, tenant_a: uuid.UUID) -> None:
        publication = wanted(tenant_a)

        def refuse(rows: Sequence[str]) -> dict[str, Json | Rejected]:
            raise Unavailable("breaker open", maybe_applied=False)

        with pytest.raises(Unavailable):
            journal(tenant_a, publication).rows(
                "offer", ["a"], refuse, key=lambda sku: (publication, sku), again=ASK
            )
        with tenant(tenant_a):
            assert [step.state for step in Step.objects.all()] == ["refused"]


@pytest.mark.usefixtures("db")
def test_an_upload_is_remembered_for_the_connection(tenant_a: uuid.UUID) -> None:
    calls: list[int] = []
    with tenant(tenant_a):
        connection_id = connection().id
    book = DatabaseJournal(tenant_a, connection_id, {}, lambda: None)

    def upload() -> Json:
        calls.append(1)
        return {"url": f"https://pictures/{len(calls)}"}

    assert book.remembered("picture:1", upload, days=25) == {"url": "https://pictures/1"}
    assert book.remembered("picture:1", upload, days=25) == {"url": "https://pictures/1"}
    assert book.remembered("picture:2", upload, days=25) == {"url": "https://pictures/2"}
