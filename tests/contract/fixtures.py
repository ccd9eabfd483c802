"""One sandbox per run, one twin per channel of the registry, everything empty before each test."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Iterator

import pytest
from tests.contract import mutants
from tests.contract.sandbox import Sandbox, running
from tests.contract.twin import Office, Twin

from kontor.channels.registry import CHANNELS

MUTATION_VARIABLE = "KONTOR_CONTRACT_MUTATION"


@pytest.fixture(scope="session", autouse=True)
def mutation() -> None:
    """Breaks one behaviour on purpose where the environment asks for it (see mutations.py)."""
    if name := os.environ.get(MUTATION_VARIABLE):
        mutants.apply(name)


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The bundled sandbox."""
    with running(tmp_path_factory.mktemp("sandbox")) as started:
        yield started


@pytest.fixture(scope="session", params=sorted(CHANNELS))
def played(request: pytest.FixtureRequest, sandbox: Sandbox) -> Twin:
    """Each channel's twin. A channel without one fails here: what nobody plays, nobody has tested."""
    name = f"tests.contract.twins.{request.param}"
    if importlib.util.find_spec(name) is None:
        pytest.fail(f"the channel {request.param} has no twin: add tests/contract/twins/{request.param}.py")
    made: Twin = importlib.import_module(name).TWIN(sandbox)
    return made


@pytest.fixture
def twin(played: Twin) -> Iterator[Twin]:
    """The twin, empty and calm."""
    played.reset()
    yield played
    played.calm()


@pytest.fixture
def office(twin: Twin) -> Iterator[Office]:
    """A connection whose account has all that it needs."""
    opened = twin.connect()
    yield opened
    opened.transport.close()
