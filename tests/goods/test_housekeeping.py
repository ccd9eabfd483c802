"""What nobody will ask for again goes by itself; what anybody may still want stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from tests.catalog.test_pictures import picture
from tests.goods.imports import steps
from tests.plugins.api import Caller

from kontor.catalog import media
from kontor.catalog.models import ListingMedia, Media
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.tenancy import tenant
from kontor.goods import service
from kontor.goods.imports import files
from kontor.goods.service import PictureInput, ProductInput, VariantInput
from kontor.jobs import schedules
from kontor.jobs.models import Job

SHEET = "sku,title,price,quantity\nA-1,Apron,19.90,3\nA-2,Apron,dear,3\n"


class Killed(BaseException):
    """No handler of ours may catch what stands for the end of the process."""


def old(days_over: int = 1) -> timedelta:
    return timedelta(days=settings().keep_uploads_days + days_over)


def stored(tenant_id: UUID, height: int, age: timedelta) -> UUID:
    """A picture of that age; the height makes it another one."""
    found = media.store(tenant_id, picture((800, height)))
    with tenant(tenant_id):
        Media.objects.filter(id=found.id).update(created_at=now() - age)
    return found.id


def left(tenant_id: UUID) -> set[UUID]:
    with tenant(tenant_id):
        return set(Media.objects.values_list("id", flat=True))


def names(tenant_id: UUID, media_id: UUID) -> set[str]:
    """The names of a picture's files."""
    with tenant(tenant_id):
        return {str(entry["name"]) for entry in Media.objects.get(id=media_id).files.values()}


@pytest.fixture
def prune(tenant_a: UUID, drain: Callable[..., int]) -> Callable[[], dict[str, int]]:
    """The day's turn, by the schedule itself; gives the tally."""

    def run() -> dict[str, int]:
        schedules.remove("goods.prune")
        schedules.ensure_declared()
        assert drain(["goods.prune"], scheduled=True) == 1
        with tenant(schedules.HOUSE):
            job = Job.objects.filter(kind="goods.prune").order_by("-id")[0]
        assert job.outcome == "succeeded", job.problem
        return job.tallies

    return run


def test_a_picture_that_nothing_uses_goes_with_its_files(
    tenant_a: UUID, tenant_b: UUID, prune: Callable[[], dict[str, int]]
) -> None:
    gone, theirs = stored(tenant_a, 600, old()), stored(tenant_b, 600, old())
    young = stored(tenant_a, 601, old(days_over=-1))
    of_gone, of_young = names(tenant_a, gone), names(tenant_a, young)
    assert prune()["pictures"] == 2
    assert (left(tenant_a), left(tenant_b)) == ({young}, set())
    assert theirs not in left(tenant_b)
    assert not any(default_storage.exists(name) for name in of_gone)
    assert all(default_storage.exists(name) for name in of_young)


def test_a_picture_that_a_listing_shows_or_once_showed_stays(
    tenant_a: UUID, prune: Callable[[], dict[str, int]]
) -> None:
    shown, taken_off, remembered = (stored(tenant_a, 600 + n, old()) for n in range(3))
    pictures = tuple(PictureInput(media_id=each) for each in (shown, taken_off, remembered))
    draft = ProductInput(title={"de": "Schürze"}, variants=(VariantInput("WL-1"),), pictures=pictures)
    with tenant(tenant_a):
        made = service.save(None, draft)
        service.save(made.listing_id, ProductInput(pictures=pictures[:1]))
        ListingMedia.objects.filter(media_id=remembered).delete()  # only the first revision names it now
    assert prune()["pictures"] == 0
    assert left(tenant_a) == {shown, taken_off, remembered}
    with tenant(tenant_a):
        service.undo(made.listing_id, 1)
        assert len(service.get(made.listing_id).pictures) == 3


def test_a_picture_uploaded_again_is_young_again(tenant_a: UUID, prune: Callable[[], dict[str, int]]) -> None:
    again = stored(tenant_a, 600, old())
    assert media.store(tenant_a, picture((800, 600))).id == again
    assert prune()["pictures"] == 0
    assert left(tenant_a) == {again}


def test_killed_between_row_and_file_leaves_no_row_without_files(
    tenant_a: UUID, prune: Callable[[], dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for height in (600, 601, 602):
        stored(tenant_a, height, old())
    with monkeypatch.context() as dying:
        dying.setattr(default_storage, "delete", lambda name: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            prune()
    for media_id in left(tenant_a):
        assert all(default_storage.exists(name) for name in names(tenant_a, media_id))
    assert media.store(tenant_a, picture((800, 600))).read("thumb_96")


def test_many_pictures_go_in_batches(
    tenant_a: UUID, prune: Callable[[], dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kontor.catalog.unused.BATCH", 2)
    for height in range(600, 605):
        stored(tenant_a, height, old())
    assert prune()["pictures"] == 5
    assert left(tenant_a) == set()


def grown_old(tenant_id: UUID, import_id: str) -> None:
    """As if the file had been uploaded long ago."""
    moment = (now() - old()).timestamp()
    os.utime(files.path_of(tenant_id, UUID(import_id)), (moment, moment))


def test_the_file_of_an_old_import_goes_and_the_import_can_still_be_undone(
    api: Caller, drain: Callable[..., int], prune: Callable[[], dict[str, int]]
) -> None:
    long_ago, lately = steps.begin(api, SHEET), steps.upload(api, SHEET.replace("A-", "B-"))
    drain(["imports.run"])
    refused = f"/imports/{long_ago['id']}/refused.csv"
    assert api.get(refused).status_code == 200
    grown_old(api.tenant_id, long_ago["id"])
    assert prune()["files"] == 1
    assert api.get(refused).json()["code"] == "import.file_gone"
    assert files.path_of(api.tenant_id, UUID(lately["id"])).exists()
    assert steps.get(api, long_ago["id"])["refused"] == 1
    assert api.post(f"/imports/{long_ago['id']}/undo").status_code == 202
    drain(["imports.undo"])
    assert steps.get(api, long_ago["id"])["state"] == "undone"


def test_the_file_of_a_running_or_paused_import_stays(
    api: Caller, drain: Callable[..., int], prune: Callable[[], dict[str, int]]
) -> None:
    started = steps.begin(api, SHEET)
    grown_old(api.tenant_id, started["id"])
    assert prune()["files"] == 0
    assert api.post(f"/jobs/{started['job_id']}/pause").status_code == 200
    assert prune()["files"] == 0
    api.post(f"/jobs/{started['job_id']}/resume")
    drain(["imports.run"])
    assert steps.get(api, started["id"])["imported"] == 1


def test_the_file_of_an_import_that_was_given_up_goes(
    api: Caller, prune: Callable[[], dict[str, int]]
) -> None:
    started, never = steps.begin(api, SHEET), steps.upload(api, SHEET)
    assert api.post(f"/jobs/{started['job_id']}/cancel").status_code == 200
    for each in (started, never):
        grown_old(api.tenant_id, each["id"])
    assert prune()["files"] == 2
