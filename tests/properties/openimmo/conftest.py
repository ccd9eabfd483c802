"""Samples and schema that are not ours to hand on: they lie beside the repository, or the tests say that they don't."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[4] / "shared" / "specs" / "openimmo"
SAMPLES = sorted(path for path in (SHARED / "samples").rglob("*") if path.suffix in (".xml", ".zip"))


@pytest.fixture(scope="session")
def schema() -> Any:
    """The association's schema of version 1.2.7c."""
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed: nothing to validate with")
    path = SHARED / "openimmo_127c.xsd"
    if not path.exists():
        pytest.skip("the OpenImmo schema is not here: it may not be handed on with Kontor")
    return etree.XMLSchema(etree.parse(path))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each sample is a test of its own; without samples it is one that is skipped."""
    if "sample" in metafunc.fixturenames:
        absent = pytest.param(None, marks=pytest.mark.skip(reason="the OpenImmo samples are not here"))
        metafunc.parametrize("sample", SAMPLES or [absent], ids=lambda path: path.name if path else "none")
