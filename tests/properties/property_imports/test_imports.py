"""What an office gets from a package it uploads: objects, pictures, a result for each, and the way back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from kontor.core.tenancy import tenant
from kontor.jobs import service as jobs
from kontor.properties import service as properties
from kontor.properties.content import PropertyContent
from kontor.properties.openimmo.errors import PackageRefused
from kontor.properties.openimmo.values import Action, Estate, Extent, Offerer, Transfer
from kontor.properties.openimmo.writing import write, write_package
from kontor.properties.property_imports import service, settling
from kontor.properties.property_imports.errors import AlreadyStarted, NotUndoable
from kontor.properties.property_imports.models import PropertyImport, PropertyResult

Drain = Callable[..., int]
OFFICE = Offerer(company="Büro Nord", openimmo_id="A-NORD")


def picture(colour: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(target, "PNG")
    return target.getvalue()


def flat(number: str, **changes: Any) -> PropertyContent:
    return PropertyContent.model_validate({
        "reference": number, "kind": "flat", "marketing": "rent", "identifiers": {"openimmo_obid": f"OB-{number}"},
        "address": {"postal_code": "24103", "city": "Kiel"}, "prices": {"cold_rent": 800},
        "texts": {"de": {"title": f"Wohnung {number}"}}, **changes,
    })  # fmt: skip


class Office:
    """Uploads packages and looks at what became of them."""

    def __init__(self, tenant_id: UUID, drain: Drain, folder: Path) -> None:
        self.tenant_id, self.drain, self.path = tenant_id, drain, folder / "package.zip"

    def upload(
        self,
        *estates: Estate | Offerer,
        extent: Extent = Extent.PARTIAL,
        media: dict[str, bytes] | None = None,
    ) -> UUID:
        with self.path.open("wb") as target:
            document = write(Transfer(extent), [OFFICE, *estates])
            write_package(target, document, [(name, [content]) for name, content in (media or {}).items()])
        return service.upload(self.tenant_id, "paket.zip", self.path)

    def start(self, import_id: UUID, *, removes_absent: bool = False) -> None:
        with tenant(self.tenant_id):
            service.start(import_id, removes_absent=removes_absent)

    def take_in(self, *estates: Estate | Offerer, removes_absent: bool = False, **asked: Any) -> UUID:
        import_id = self.upload(*estates, **asked)
        self.start(import_id, removes_absent=removes_absent)
        self.drain([service.RUN])
        assert self.row(import_id).phase == "done"
        return import_id

    def undo(self, import_id: UUID) -> list[str]:
        with tenant(self.tenant_id):
            service.undo(import_id)
        self.drain([service.UNDO])
        assert self.row(import_id).phase == "undone"
        return [each.undone for each in self.results(import_id)]

    def row(self, import_id: UUID) -> PropertyImport:
        with tenant(self.tenant_id):
            return service.get(import_id)

    def results(self, import_id: UUID) -> list[PropertyResult]:
        with tenant(self.tenant_id):
            return list(PropertyResult.objects.filter(import_run_id=import_id).order_by("number"))

    def actions(self, import_id: UUID) -> list[tuple[str, str]]:
        return [(each.reference, each.action) for each in self.results(import_id)]

    def content(self, number: str) -> PropertyContent | None:
        with tenant(self.tenant_id):
            found = properties.find_by_references([number])
            return properties.get(found[number]).content if found else None


@pytest.fixture
def office(tenant_a: UUID, drain: Drain, tmp_path: Path) -> Office:
    return Office(tenant_a, drain, tmp_path)


def test_objects_come_in_with_their_pictures(office: Office) -> None:
    shown = [{"file_name": "front.png", "group": "title", "title": "Front"}, {"file_name": "gone.png"},
             {"file_name": "text.png"}, {"url": "https://example.com/a.jpg"}]  # fmt: skip
    media = {"FRONT.PNG": picture("red"), "text.png": b"no picture"}
    import_id = office.take_in(Estate(flat("1", pictures=shown)), Estate(flat("2")), media=media)
    assert office.actions(import_id) == [("1", "created"), ("2", "created")]
    first = office.content("1")
    assert first is not None
    assert [(bool(each.media_id), each.url, each.title) for each in first.pictures] == [
        (True, "", "Front"), (False, "https://example.com/a.jpg", ""),
    ]  # fmt: skip
    [result, _] = office.results(import_id)
    assert [(each["code"], each["params"]["name"]) for each in result.problems] == [
        ("openimmo.picture_missing", "gone.png"), ("media.not_a_picture", "text.png"),
    ]  # fmt: skip


def test_the_same_package_again_changes_nothing(office: Office) -> None:
    estate = Estate(flat("1", pictures=[{"file_name": "a.png"}]))
    office.take_in(estate, media={"a.png": picture("red")})
    again = office.take_in(estate, media={"a.png": picture("red")})
    assert office.actions(again) == [("1", "unchanged")]


def test_changes_deletions_and_new_numbers_go_by_the_id(office: Office) -> None:
    office.take_in(Estate(flat("1")), Estate(flat("2")), Estate(flat("3")))
    renumbered = flat("1").model_copy(update={"reference": "1-neu"})
    import_id = office.take_in(
        Estate(renumbered), Estate(flat("2"), Action.DELETE), Estate(flat("4"), Action.DELETE),
        Estate(flat("3", prices={"cold_rent": 900}), Action.REFERENCE),
    )  # fmt: skip
    assert office.actions(import_id) == [
        ("1-neu", "updated"), ("2", "removed"), ("4", "unchanged"), ("3", "updated"),
    ]  # fmt: skip
    assert office.content("1") is None
    assert office.content("2") is None
    third = office.content("3")
    assert third is not None
    assert third.terms.sale_state == "done"
    row = office.row(import_id)
    assert (row.updated, row.removed, row.unchanged, row.refused) == (2, 1, 1, 0)


def test_the_same_object_twice_is_its_last_word(office: Office) -> None:
    import_id = office.take_in(Estate(flat("1")), Estate(flat("1", prices={"cold_rent": 900})))
    assert office.actions(import_id) == [("1", "created"), ("1", "updated")]


def test_what_the_office_wrote_itself_stays(office: Office) -> None:
    office.take_in(Estate(flat("1")))
    with tenant(office.tenant_id):
        listing_id = properties.find_by_references(["1"])["1"]
        mine = flat("1", notes="Schlüssel unten", status="draft")
        properties.save(listing_id, mine)
    office.take_in(Estate(flat("1", prices={"cold_rent": 900})))
    found = office.content("1")
    assert found is not None
    assert (found.notes, found.status, found.prices.cold_rent) == ("Schlüssel unten", "draft", 900)


def test_one_without_any_number_is_refused_and_stops_no_other(office: Office) -> None:
    nameless = flat("").model_copy(update={"identifiers": PropertyContent().identifiers})
    import_id = office.take_in(Estate(nameless), Estate(flat("2")))
    assert office.actions(import_id) == [("", "refused"), ("2", "created")]
    assert office.results(import_id)[0].problems[0]["code"] == "properties.reference.missing"


def test_a_whole_package_takes_away_what_it_leaves_out_of_that_offerer_alone(office: Office) -> None:
    south = Offerer(company="Süd", openimmo_id="A-SUED")
    office.take_in(Estate(flat("1")), Estate(flat("2")), south, Estate(flat("3")))
    with tenant(office.tenant_id):
        properties.save(None, flat("4").model_copy(update={"identifiers": PropertyContent().identifiers}))
    kept = office.take_in(Estate(flat("1")), extent=Extent.WHOLE)
    assert office.content("2") is not None, "nobody asked for that"
    partial = office.take_in(Estate(flat("1")), removes_absent=True)
    assert (office.row(kept).removed, office.row(partial).removed) == (0, 0)
    import_id = office.take_in(Estate(flat("1")), extent=Extent.WHOLE, removes_absent=True)
    assert office.actions(import_id) == [("1", "unchanged"), ("2", "removed")]
    assert [number for number in "1234" if office.content(number)] == ["1", "3", "4"]
    assert office.undo(import_id) == ["", "restored"]
    assert office.content("2") is not None


def test_undoing_puts_back_what_nobody_touched_since(office: Office) -> None:
    office.take_in(Estate(flat("1")), Estate(flat("2")), Estate(flat("5")))
    import_id = office.take_in(
        Estate(flat("1", prices={"cold_rent": 900})), Estate(flat("2"), Action.DELETE), Estate(flat("3")),
        Estate(flat("4")), Estate(flat("5")),
    )  # fmt: skip
    with tenant(office.tenant_id):
        listing_id = properties.find_by_references(["4"])["4"]
        properties.save(listing_id, flat("4", notes="besichtigt"))
    assert office.undo(import_id) == ["reverted", "restored", "archived", "left", ""]
    first = office.content("1")
    assert first is not None
    assert first.prices.cold_rent == 800
    assert office.content("2") == flat("2")
    assert office.content("3") is None
    row = office.row(import_id)
    assert (row.reverted, row.restored, row.archived, row.left) == (1, 1, 1, 1)
    with tenant(office.tenant_id), pytest.raises(NotUndoable):
        service.undo(import_id)


def test_a_broken_document_is_told_and_stops_no_other(office: Office) -> None:
    good = b"".join(write(Transfer(Extent.WHOLE), [OFFICE, Estate(flat("1")), Estate(flat("2"))]))
    with zipfile.ZipFile(office.path, "w") as archive:
        archive.writestr("1.xml", good[: good.index(b"</immobilie>") + 20])
        archive.writestr("2.xml", b"<other/>")
        archive.writestr("3.xml", good.replace(b"<plz>24103", b"<plz>24105"))
    import_id = service.upload(office.tenant_id, "paket.zip", office.path)
    office.start(import_id, removes_absent=True)
    office.drain([service.RUN])
    row = office.row(import_id)
    assert [(each["document"], each["code"]) for each in row.refusals] == [
        ("1.xml", "openimmo.not_well_formed"), ("2.xml", "openimmo.not_openimmo"),
    ]  # fmt: skip
    assert office.actions(import_id) == [("1", "created"), ("1", "updated"), ("2", "created")]


def test_what_can_not_be_opened_is_refused_at_once(office: Office) -> None:
    office.path.write_bytes(b"%PDF")
    with pytest.raises(PackageRefused):
        service.upload(office.tenant_id, "paket.zip", office.path)
    with tenant(office.tenant_id):
        assert not PropertyImport.objects.exists()


def test_an_import_goes_on_where_a_worker_died(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "OBJECTS", 2)
    import_id = office.upload(*(Estate(flat(str(number))) for number in range(5)))
    office.start(import_id)
    with tenant(office.tenant_id):
        PropertyImport.objects.filter(id=import_id).update(position=3, created=3)
    office.drain([service.RUN])
    assert [(each.number, each.reference) for each in office.results(import_id)] == [(3, "3"), (4, "4")]
    assert office.row(import_id).created == 5


def test_a_cancelled_one_can_be_undone(office: Office) -> None:
    import_id = office.upload(Estate(flat("1")))
    with tenant(office.tenant_id), pytest.raises(NotUndoable):
        service.undo(import_id)
    office.start(import_id)
    with tenant(office.tenant_id), pytest.raises(AlreadyStarted):
        service.start(import_id)
    with tenant(office.tenant_id):
        job_id = service.get(import_id).job_id
        assert job_id is not None
        jobs.cancel(job_id)
    assert office.undo(import_id) == []


def test_another_tenant_sees_nothing_of_it(office: Office, tenant_b: UUID) -> None:
    office.take_in(Estate(flat("1")))
    with tenant(tenant_b):
        assert not PropertyImport.objects.exists()
        assert not PropertyResult.objects.exists()
