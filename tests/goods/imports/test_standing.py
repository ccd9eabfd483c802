"""Where an import stands is read from two rows, at two moments."""

from __future__ import annotations

from uuid import UUID

import pytest

from kontor.goods.imports.models import Import, Phase
from kontor.goods.imports.standing import State, state_of
from kontor.jobs.models import Job, Outcome, Status

TENANT = UUID(int=1)


@pytest.mark.parametrize(
    ("status", "outcome", "state"),
    [
        (Status.LEASED, "", State.IMPORTING),
        (Status.PAUSED, "", State.PAUSED),
        (Status.DONE, Outcome.CANCELLED, State.CANCELLED),
        (Status.DONE, Outcome.FAILED, State.FAILED),
        (Status.DONE, Outcome.ERROR, State.FAILED),
        # It ended between the two looks: the next look sees the import done.
        (Status.DONE, Outcome.SUCCEEDED, State.IMPORTING),
    ],
)
def test_an_import_is_failed_only_when_its_job_is(status: Status, outcome: str, state: State) -> None:
    assert (
        state_of(
            Import(tenant_id=TENANT, phase=Phase.IMPORTING),
            Job(tenant_id=TENANT, status=status, outcome=outcome),
        )
        == state
    )


def test_an_import_that_is_done_is_done_whatever_its_job_says() -> None:
    assert (
        state_of(Import(tenant_id=TENANT, phase=Phase.DONE), Job(tenant_id=TENANT, status=Status.LEASED))
        == State.DONE
    )
