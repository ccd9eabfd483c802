"""Reading events back, for those who were away."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from kontor.live.models import Event, Sequence

REPLAY_LIMIT = 500  # more than that a client reads its screen again sooner than it would replay
Resume = Literal["replayed", "nothing", "snapshot_required"]


def last_seq() -> int:
    """The newest sequence of the open tenant; 0 before its first event."""
    return Sequence.objects.values_list("last", flat=True).first() or 0


def since(seq: int, *, limit: int = REPLAY_LIMIT) -> tuple[list[Event], int, Resume]:
    """Events after `seq`, the newest sequence, and whether these events are all that was missed."""
    last = last_seq()
    if seq == last:
        return [], last, "nothing"
    if not 0 <= seq < last or last - seq > limit:
        return [], last, "snapshot_required"
    events = list(Event.objects.filter(seq__gt=seq, seq__lte=last).order_by("seq"))
    complete = len(events) == last - seq  # older ones are pruned
    return (events, last, "replayed") if complete else ([], last, "snapshot_required")


def of_entity(entity: str, entity_id: UUID, *, limit: int = 200) -> list[Event]:
    """The newest events of one thing, newest first."""
    return list(Event.objects.filter(entity=entity, entity_id=entity_id).order_by("-seq")[:limit])
