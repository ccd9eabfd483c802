"""The portal's published schemas, where the computer that runs the tests has them; else these tests are skipped."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "specs" / "is24"


def needed(name: str) -> Path:
    """A file of the specification; skips the test without it."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip("ImmobilienScout24's schemas are not on this computer")
    return path


@cache
def types() -> dict[str, list[dict[str, Any]]]:
    """The elements of each type in their order."""
    found: dict[str, list[dict[str, Any]]] = json.loads(needed("is24_types_flat.json").read_text())["types"]
    return found


_SCHEMA = "http://rest.immobilienscout24.de/schema"
_FILES = {
    "http://www.w3.org/1999/xlink": "xlink.xsd",
    f"{_SCHEMA}/platform/gis/1.0": "gis-1.0.xsd",
    f"{_SCHEMA}/common/1.0": "common-1.0.xsd",
    f"{_SCHEMA}/offer/realestates/1.0": "realestates-1.0.xsd",
    f"{_SCHEMA}/attachmentsorder/1.0": "attachmentsorder-1.0.xsd",
}


@cache
def _schema() -> Any:
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed: the schemas can't be applied")
    with TemporaryDirectory() as name:
        # The schemas name each other by places that they do not stand in.
        folder = Path(name)
        shutil.copytree(needed("xsd"), folder / "xsd")
        shutil.copytree(needed("xsd"), folder / "xsd" / "includes")
        imports = "".join(
            f'<xs:import namespace="{namespace}" schemaLocation="{(folder / "xsd" / file).as_uri()}"/>'
            for namespace, file in _FILES.items()
        )
        return etree.XMLSchema(
            etree.fromstring(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>')
        )


def complaints(document: bytes) -> list[str]:
    """What the portal's schemas of 2021 say against a document; skips the test where they can't be applied."""
    schema = _schema()
    etree = pytest.importorskip("lxml.etree")
    schema.validate(etree.fromstring(document))
    return [error.message for error in schema.error_log]


def exchanges() -> list[dict[str, Any]]:
    """The recorded requests and answers."""
    return [json.loads(line) for line in needed("recorded_exchanges.jsonl").read_text().splitlines()]
