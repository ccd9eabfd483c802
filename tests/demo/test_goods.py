"""The demo shop's goods are drawn whole, and belong to nobody."""

from __future__ import annotations

import csv
import json
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pytest
from tests.catalog.test_pictures import opened

import kontor.demo
from kontor.core.errors import NotFound
from kontor.demo import pictures
from kontor.goods.checks import is_gtin

GOODS = Path(kontor.demo.__file__).parent / "goods"


def rows() -> list[dict[str, str]]:
    with (GOODS / "waren.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_every_picture_of_the_file_is_drawn_at_the_size_that_channels_want() -> None:
    names = [PurePosixPath(urlsplit(url).path).stem for row in rows() for url in row["Bilder"].split("|")]
    assert {name.partition("-")[0] for name in names} == set(pictures.KINDS)
    for name in {name.partition("-")[0]: name for name in names}.values():
        assert min(opened(pictures.draw(name)).size) >= 1000


def test_a_name_gives_the_same_picture_and_another_name_another() -> None:
    assert pictures.draw("vase-sand-studio") == pictures.draw("vase-sand-studio")
    assert len({pictures.draw(f"vase-sand-{view}") for view in pictures.VIEWS}) == 3
    with pytest.raises(NotFound):
        pictures.draw("vase-gestreift-studio")


def test_numbers_fit_and_addresses_are_nobodys() -> None:
    assert all(is_gtin(row["EAN"]) and row["EAN"].startswith("2") for row in rows())  # 2: inside one house
    assert all(".example/" in row["Bilder"] for row in rows())
    for brand in json.loads((GOODS / "marken.json").read_text("utf-8")):
        assert brand["manufacturer"]["email"].endswith(".example")
