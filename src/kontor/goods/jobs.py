"""Work on many listings at once."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from kontor.catalog.models import Listing
from kontor.core.tenancy import tenant
from kontor.goods import bulk
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun

CHUNK: Final = 200


@handler(bulk.KIND)
def change_many(run: JobRun) -> None:
    """Some listings per transaction, so that it can be watched, paused and cancelled; refused ones are its items."""
    listing_ids = [UUID(listing_id) for listing_id in run.payload["listing_ids"]]
    for start in range(0, len(listing_ids), CHUNK):
        some = listing_ids[start : start + CHUNK]
        with tenant(run.tenant_id):
            refused = bulk.apply(run.payload["action"], some, run.payload["price"])
            names = dict(Listing.objects.filter(id__in=refused).values_list("id", "reference"))
        for listing_id, problem in refused.items():
            run.item("listing", listing_id, names.get(listing_id, ""), "refused", problem)
        run.progress(done=start + len(some))
