"""What an agent gets from saving, undoing and archiving properties."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.properties.properties import flat

from kontor.catalog import changes
from kontor.catalog.models import Listing, Media, Revision
from kontor.core.errors import Invalid, NotFound, StaleEdit
from kontor.core.tenancy import tenant
from kontor.live.models import Event
from kontor.properties import service
from kontor.properties.models import Property
from kontor.properties.service import Action, Draft


def test_what_is_saved_is_read_back_whole(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        view = service.save(None, flat())
        assert service.get(view.listing_id) == view
        listing = Listing.objects.get(id=view.listing_id)
        row = Property.objects.get(id=view.listing_id)
    assert view.content == flat()
    assert view.revision == 1
    assert (listing.kind, listing.headline, listing.price_minor) == (
        "property",
        "Helle Wohnung am Fluss",
        108_000,
    )
    assert listing.description == {"de": "<p>Drei Zimmer.<br>Südbalkon.</p>"}
    assert (row.city_key, row.postal_code, float(row.area or 0), float(row.rooms or 0)) == (
        "bremen",
        "28195",
        84.5,
        3,
    )


def test_equal_content_makes_no_revision_and_tells_nobody(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        first = service.save(None, flat())
        told = Event.objects.count()
        again = service.save(first.listing_id, flat(), expected_revision=1)
        assert Event.objects.count() == told
    assert again.revision == 1


def test_a_price_alone_is_told_as_one(tenant_a: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[frozenset[str]] = []
    monkeypatch.setattr(changes, "changed", [lambda ids, what: heard.append(what)])
    with tenant(tenant_a):
        made = service.save(None, flat())
        service.save(made.listing_id, flat(prices={"cold_rent": "1100.00"}))
        service.save(made.listing_id, flat(prices={"cold_rent": "1100.00"}, notes="Schlüssel im Büro"))
        service.archive([made.listing_id])
        service.restore([made.listing_id])
        revisions = Revision.objects.order_by("number").values_list("changed", flat=True)
        assert list(revisions) == [[], ["prices.cold_rent"], ["notes"], ["status"], ["status"]]
    assert heard == [frozenset({each}) for each in ("content", "price", "content", "archived", "restored")]


def test_every_refusal_is_told_at_once_and_nothing_is_written(tenant_a: UUID) -> None:
    wrong = flat(
        reference="",
        prices={"currency": "XXQ"},
        pictures=[{"title": "Bad"}, {"url": "ftp://pictures.example/1.jpg"}, {"media_id": str(uuid4())}],
        links=[{"url": "javascript:alert(1)"}],
    )
    with tenant(tenant_a):
        with pytest.raises(Invalid) as refused:
            service.save(None, wrong)
        assert not Listing.objects.exists()
    assert {(problem.code, problem.field) for problem in refused.value.problems} == {
        ("properties.reference.missing", "reference"),
        ("properties.currency.unknown", "prices.currency"),
        ("properties.picture.source", "pictures.0"),
        ("properties.address.wrong", "pictures.1.url"),
        ("properties.picture.unknown", "pictures.2.media_id"),
        ("properties.address.wrong", "links.0.url"),
    }


def test_a_number_belongs_to_one_property_in_use(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        first = service.save(None, flat())
        with pytest.raises(service.ReferenceTaken):
            service.save(None, flat(texts={}))
        service.archive([first.listing_id])
        service.save(None, flat(texts={}))
        with pytest.raises(service.ReferenceTaken):
            service.restore([first.listing_id])


def test_a_stale_edit_names_what_is_there_now(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        made = service.save(None, flat())
        service.save(made.listing_id, flat(prices={"cold_rent": "1100.00"}))
        with pytest.raises(StaleEdit) as stale:
            service.save(made.listing_id, flat(notes="x"), expected_revision=1)
    theirs = stale.value.params["theirs"]
    assert (theirs["revision"], theirs["changed"]) == (2, ["prices.cold_rent"])
    assert theirs["values"]["prices"]["cold_rent"] == "1100.00"


def test_archiving_and_restoring_keeps_what_it_was(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        made = service.save(None, flat(status="draft"))
        assert service.archive([made.listing_id, made.listing_id]) == 1
        with pytest.raises(service.Archived):
            service.save(made.listing_id, flat())
        assert Listing.objects.get().stock == 0
        assert service.restore([made.listing_id]) == 1
        assert service.get(made.listing_id).content == flat(status="draft")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rents=st.lists(st.integers(1, 9_999), min_size=1, max_size=5), data=st.data())
def test_undo_to_any_revision_brings_its_content_back(
    tenant_a: UUID, rents: list[int], data: st.DataObject
) -> None:
    with tenant(tenant_a):
        made = service.save(None, flat(reference=str(uuid4())))
        contents = [made.content]
        for rent in rents:
            changed = flat(reference=made.content.reference, prices={"cold_rent": str(rent)})
            contents.append(service.save(made.listing_id, changed).content)
        last = service.get(made.listing_id).revision
        rows = Revision.objects.filter(listing_id=made.listing_id).values_list("number", "snapshot")
        number, snapshot = data.draw(st.sampled_from(sorted(rows, key=lambda row: row[0])))
        undone = service.undo(made.listing_id, number, last)
        assert undone.content.as_json() == snapshot
        assert undone.content in contents


def test_undo_of_what_never_was_is_refused(tenant_a: UUID, tenant_b: UUID) -> None:
    with tenant(tenant_a):
        made = service.save(None, flat())
        with pytest.raises(NotFound):
            service.undo(made.listing_id, 7)
    with tenant(tenant_b), pytest.raises(NotFound):
        service.undo(made.listing_id, 1)


def test_pictures_keep_their_order_titles_and_files(tenant_a: UUID) -> None:
    pictures = [
        {"url": "https://pictures.example/2.jpg", "title": "Bad", "group": "inside"},
        {"url": "https://pictures.example/1.jpg", "title": "Front", "group": "title"},
    ]
    with tenant(tenant_a):
        made = service.save(None, flat(pictures=[*pictures, pictures[0]]))
        ids = [row.id for row in made.pictures]
        turned = service.save(made.listing_id, flat(pictures=pictures[::-1]))
        assert [row.id for row in turned.pictures] == ids[::-1]
        assert Listing.objects.get().pictures_waiting == 2
        assert not Media.objects.exists()
    assert [(named.title, row.url) for named, row in turned.named_pictures] == [
        ("Front", "https://pictures.example/1.jpg"),
        ("Bad", "https://pictures.example/2.jpg"),
    ]


def test_of_many_each_has_its_own_end(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        there, gone = service.save(None, flat(1)), service.save(None, flat(2))
        service.archive([gone.listing_id])
        outcomes = service.save_many(
            [
                Draft(flat(1), there.listing_id),
                Draft(flat(2), gone.listing_id),
                Draft(flat(3)),
                Draft(flat(3)),
                Draft(flat(4, reference="")),
                Draft(flat(5), uuid4()),
            ]
        )
        found = service.find_by_references(["HB-1", "HB-2", "HB-3", "HB-4"])
    assert [each.action for each in outcomes] == [
        Action.UNCHANGED, Action.UPDATED, Action.CREATED, Action.REFUSED, Action.REFUSED, Action.REFUSED,
    ]  # fmt: skip
    assert [problem.code for each in outcomes for problem in each.problems] == [
        "properties.reference_taken",
        "properties.reference.missing",
        "properties.unknown",
    ]
    assert found == {
        "HB-1": there.listing_id,
        "HB-2": gone.listing_id,
        "HB-3": outcomes[2].listing_id,
    }


@pytest.mark.parametrize("count", [1, 40])
def test_many_take_as_many_statements_as_one(tenant_a: UUID, count: int) -> None:
    drafts = [Draft(flat(number)) for number in range(count)]
    with tenant(tenant_a), CaptureQueriesContext(connection) as queries:
        service.save_many(drafts)
    assert len(queries) <= 12


def test_a_property_is_found_by_the_id_others_know(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        old = service.save(None, flat(1, identifiers={"openimmo_obid": "OBID-1"}))
        service.archive([old.listing_id])
        assert service.find_by_openimmo_ids(["OBID-1", "", "OBID-2"]) == {"OBID-1": old.listing_id}
        new = service.save(None, flat(2, identifiers={"openimmo_obid": "OBID-1"}))
        assert service.find_by_openimmo_ids(["OBID-1"]) == {"OBID-1": new.listing_id}
