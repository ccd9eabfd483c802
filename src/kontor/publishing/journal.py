"""The journal on PostgreSQL. Every method opens short transactions of its own; calls go out between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from kontor.channels.contract.errors import ChannelError
from kontor.channels.contract.journal import Again, AgainRow, InDoubt, Json, Repeat, Settled
from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import tenant
from kontor.publishing.models import Memory, Step

Row = TypeVar("Row")
Place = tuple[UUID, str]  # (publication, step name)

DOUBT = "The answer to this step was lost. Look at the channel and say whether it happened."


class DatabaseJournal:
    """Implements the contract's Journal for one push of some publications.

    `generations` says which wish each publication is being pushed for. `check` is called before each call leaves; it
    raises when this worker has lost its lease, so that two workers never write side by side.
    """

    def __init__(
        self,
        tenant_id: UUID,
        connection_id: UUID,
        generations: Mapping[UUID, int],
        check: Callable[[], None],
    ) -> None:
        self._tenant_id = tenant_id
        self._connection_id = connection_id
        self._generations = generations
        self._check = check

    def step(self, publication_id: UUID, name: str, do: Callable[[], Json], *, again: Again) -> Json:
        """See the contract."""
        place = (publication_id, name)
        known = self._begin([place])
        if isinstance(result := known.get(place), dict):
            return result
        if place in known:
            found = self._look(again)
            if found is not None:
                self._finish({place: found})
                return found
        self._check()
        try:
            result = do()
        except ChannelError as error:
            self._fail([place], error)
            raise
        self._finish({place: result})
        return result

    def rows(
        self,
        name: str,
        rows: Sequence[Row],
        do: Callable[[Sequence[Row]], Mapping[str, Settled]],
        *,
        key: Callable[[Row], tuple[UUID, str]],
        again: AgainRow[Row],
    ) -> dict[str, Settled]:
        """See the contract."""
        keys = {key(row)[1]: row for row in rows}
        places = {row_key: (key(row)[0], f"{name}:{row_key}") for row_key, row in keys.items()}
        known = self._begin(list(places.values()))
        settled: dict[str, Settled] = {}
        for row_key, place in places.items():
            if isinstance(result := known.get(place), dict):
                settled[row_key] = result
            elif place in known:
                settled |= self._settle_doubt(row_key, keys[row_key], place, again)
        still_open = [row for row_key, row in keys.items() if row_key not in settled]
        if not still_open:
            return settled
        self._check()
        try:
            answers = do(still_open)
        except ChannelError as error:
            self._fail([places[key(row)[1]] for row in still_open], error)
            raise
        self._finish({places[k]: v for k, v in answers.items() if not isinstance(v, ChannelError)})
        for row_key, answer in answers.items():
            if isinstance(answer, ChannelError):
                self._fail([places[row_key]], answer)
        return settled | dict(answers)

    def remembered(self, key: str, do: Callable[[], Json], *, days: float) -> Json:
        """See the contract. Two workers may both do it; the first to write wins, which is harmless for a memo."""
        with tenant(self._tenant_id):
            known = Memory.objects.filter(
                connection_id=self._connection_id, key=key, at__gt=now() - timedelta(days=days)
            ).first()
        if known:
            return dict(known.result)
        self._check()
        result = do()
        with tenant(self._tenant_id):
            Memory.objects.update_or_create(
                connection_id=self._connection_id, key=key, defaults={"result": result, "at": now()}
            )
        return result

    def _begin(self, places: Sequence[Place]) -> dict[Place, Json | None]:
        """Writes the intents of new steps; returns the known: their result, or None where they are in doubt.

        An intent that an earlier generation left behind is in doubt as well: the channel does not know generations.
        """
        with tenant(self._tenant_id):
            latest: dict[Place, Step] = {}
            wanted = Q(publication_id__in={p for p, _ in places}, name__in={n for _, n in places})
            for step in Step.objects.filter(wanted).order_by("generation"):
                latest[step.publication_id, step.name] = step
            known: dict[Place, Json | None] = {}
            for place in places:
                step_or_none = latest.get(place)
                if step_or_none is None:
                    continue
                is_ours = step_or_none.generation == self._generations[place[0]]
                if step_or_none.state == Step.State.INTENT:
                    known[place] = None
                elif step_or_none.state == Step.State.DONE and is_ours:
                    known[place] = step_or_none.result
            self._write([place for place in places if place not in known], Step.State.INTENT, {})
        return known

    def _write(self, places: Sequence[Place], state: str, results: Mapping[Place, Json]) -> None:
        Step.objects.bulk_create(
            [
                Step(
                    id=uuid7(),
                    publication_id=publication_id,
                    name=name,
                    generation=self._generations[publication_id],
                    state=state,
                    result=results.get((publication_id, name)),
                    at=now(),
                )
                for publication_id, name in places
            ],
            update_conflicts=True,
            unique_fields=["tenant_id", "publication", "name", "generation"],
            update_fields=["state", "result", "at"],
        )

    def _finish(self, results: Mapping[Place, Json]) -> None:
        if not results:
            return
        with tenant(self._tenant_id):
            self._settle_older(list(results))
            self._write(list(results), Step.State.DONE, results)

    def _fail(self, places: Sequence[Place], error: ChannelError) -> None:
        """An error that says "not applied" clears the intent; any other leaves it in doubt."""
        if error.maybe_applied:
            return
        with tenant(self._tenant_id):
            self._settle_older(places)
            self._write(places, Step.State.REFUSED, {})

    def _settle_older(self, places: Sequence[Place]) -> None:
        """Closes what earlier generations left in doubt; our own row is written right after."""
        Step.objects.filter(
            publication_id__in={publication_id for publication_id, _ in places},
            name__in={name for _, name in places},
            state=Step.State.INTENT,
        ).update(state=Step.State.REFUSED)

    def _look(self, again: Again) -> Json | None:
        if again is Repeat.ASK:
            raise InDoubt(DOUBT, maybe_applied=True)
        return None if isinstance(again, Repeat) else again()

    def _settle_doubt(self, row_key: str, row: Row, place: Place, again: AgainRow[Row]) -> dict[str, Settled]:
        if again is Repeat.ASK:
            return {row_key: InDoubt(DOUBT, maybe_applied=True)}
        found = None if isinstance(again, Repeat) else again(row)
        if found is None:
            return {}
        self._finish({place: found})
        return {row_key: found}
