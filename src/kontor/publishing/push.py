"""One worker's push: picks what is to be done for one shard of a connection, does it, reads back, settles.

Database work is in short transactions; calls go out between them. What a kill leaves behind is found again by the
journal (steps) and by `task` (publications), so the next worker goes on where this one was.
"""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.channels.contract.capabilities import PreparesAhead, Publishes, ReadsBack, UpdatesPriceStock
from kontor.channels.contract.errors import ChannelError, LoginNeeded, SetupNeeded
from kontor.channels.contract.values import GoodsOut, Live, PriceStock, Published
from kontor.channels.transport import crew
from kontor.channels.transport.about import about
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs.errors import JobControl, LeaseLost
from kontor.jobs.run import JobRun
from kontor.publishing import checks, fingerprints, outgoing, settle
from kontor.publishing.journal import DatabaseJournal
from kontor.publishing.models import Publication, State, Task
from kontor.publishing.outgoing import Outgoing

Results = Mapping[UUID, Published | ChannelError]
log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """Publications of one shard that need the same thing, and what they should look like."""

    task: Task
    rows: dict[UUID, Publication]
    outgoing: dict[UUID, Outgoing]

    @property
    def goods(self) -> list[GoodsOut]:
        """What goes to the connector, in the order of the wishes."""
        return [item.goods for item in self.outgoing.values()]


class Pusher:
    """Pushes one shard of one connection until nothing is due there."""

    def __init__(self, run: JobRun, connection_id: UUID, shard: int) -> None:
        self._run = run
        self._shard = shard
        self._connection_id = connection_id
        self._view, self._connector = connections.connector_for(connection_id, tenant_id=run.tenant_id)

    def push_all(self) -> datetime | None:
        """Returns when the next publication of this shard is due again, or None. Raises Throttled."""
        if not self._view.is_usable:
            return None
        while batch := self._pick():
            self._run.check()
            try:
                with self._preparing(batch), about(publications=list(batch.rows)):
                    self._push(batch)
            except (LoginNeeded, SetupNeeded) as error:
                with tenant(self._run.tenant_id):
                    settle.account_refused(batch.rows.values(), error)
                return None
        with tenant(self._run.tenant_id):
            return self._next_due()

    @contextmanager
    def _preparing(self, batch: Batch) -> Iterator[None]:
        """Prepares the batch after this one meanwhile: uploads have a limit of their own, which should never idle."""
        if not isinstance(self._connector, PreparesAhead) or batch.task != Task.PUBLISH:
            yield
            return
        over = threading.Event()
        work = crew.ahead(partial(self._prepare_next, batch, over))
        try:
            yield
        except BaseException:
            over.set()
            raise
        finally:
            if not work.cancel():
                work.result()

    def _prepare_next(self, batch: Batch, over: threading.Event) -> None:
        def check() -> None:
            if over.is_set():
                raise LeaseLost
            self._run.check()

        ready = self._next_ready(batch)
        journal = DatabaseJournal(self._run.tenant_id, self._connection_id, {}, check)
        try:
            with about(publications=[goods.publication_id for goods in ready]):
                self._connector.prepare(ready, journal)
        except (ChannelError, JobControl) as error:  # the push itself meets it, and settles what it means
            log.info("not prepared ahead: %s", error)

    def _next_ready(self, batch: Batch) -> list[GoodsOut]:
        """What the next pick will most likely take."""
        with tenant(self._run.tenant_id):
            due = self._due().filter(task=Task.PUBLISH).exclude(id__in=list(batch.rows))
            rows = {row.listing_id: row for row in due[: self._batch_size()]}
            built = outgoing.build(self._view, rows, list(rows))
            found = [(item.goods, checks.problems_of(self._view, item)) for item in built.values()]
        return [goods for goods, problems in found if not (checks.blocks(problems) or checks.waits(problems))]

    def _pick(self) -> Batch | None:
        with tenant(self._run.tenant_id):
            settle.drop_cancelled(self._connection_id, self._shard)
            due = list(self._due()[: self._batch_size()])
            if not due:
                return None
            task = Task(due[0].task)
            rows = {row.id: row for row in due if row.task == task}
            for row in rows.values():
                row.generation = row.wish
            built = outgoing.build(
                self._view,
                {row.listing_id: row for row in rows.values()},
                [row.listing_id for row in rows.values()],
            )
            by_publication = {item.goods.publication_id: item for item in built.values()}
            outgoing.keep_skus(self._connection_id, {key: item.skus for key, item in by_publication.items()})
            settle.listing_gone([row for key, row in rows.items() if key not in by_publication])
            ready = dict(by_publication)
            if task == Task.PUBLISH:
                ready = self._keep_ready(rows, by_publication)
            _take_up(task, rows, ready)
        return Batch(task, {key: rows[key] for key in ready}, ready)

    def _due(self) -> Any:
        rows = Publication.objects.filter(connection_id=self._connection_id, shard=self._shard)
        return (
            settle.not_held(rows.exclude(task=Task.NOTHING)).filter(settle.due()).order_by("task_since", "id")
        )

    def _next_due(self) -> datetime | None:
        rows = Publication.objects.filter(connection_id=self._connection_id, shard=self._shard)
        later = rows.exclude(task=Task.NOTHING).exclude(retry_at=None).order_by("retry_at").first()
        return later.retry_at if later else None

    def _batch_size(self) -> int:
        return self._connector.batch_size if isinstance(self._connector, Publishes) else 1

    def _keep_ready(
        self, rows: Mapping[UUID, Publication], built: Mapping[UUID, Outgoing]
    ) -> dict[UUID, Outgoing]:
        """Settles those that preflight stops, and lets those wait that the house still fetches something for."""
        ready = {}
        for key, item in built.items():
            problems = checks.problems_of(self._view, item)
            if blocking := checks.blocks(problems):
                rows[key].pushed_content = ""
                settle.blocked(rows[key], blocking)
            elif checks.waits(problems):
                settle.wait(rows[key])
            else:
                ready[key] = item
        return ready

    def _push(self, batch: Batch) -> None:
        if not batch.rows:
            return
        journal = DatabaseJournal(
            self._run.tenant_id,
            self._connection_id,
            {key: row.generation for key, row in batch.rows.items()},
            self._run.check,
        )
        if batch.task == Task.WITHDRAW:
            results = self._connector.withdraw(batch.goods, journal)
            with tenant(self._run.tenant_id):
                settle.withdrawn(batch.rows, results)
            return
        if batch.task == Task.PRICE_STOCK:
            results = self._price_stock(batch, journal)
        else:
            results = self._connector.publish(batch.goods, journal)
        with tenant(self._run.tenant_id):
            settle.sent(batch.rows, batch.outgoing, results)
        self._prove(batch, results)

    def _price_stock(self, batch: Batch, journal: DatabaseJournal) -> Results:
        """One bulk call per `price_batch_size` variants; a publication fails with the first of its variants."""
        if not isinstance(self._connector, UpdatesPriceStock):
            published: Results = self._connector.publish(batch.goods, journal)
            return published
        changes = [
            PriceStock(
                goods.publication_id,
                goods.generation,
                variant.sku,
                variant.price,
                variant.quantity,
                goods.bound,
            )
            for goods in batch.goods
            for variant in goods.variants
            if variant.price is not None
        ]
        results: dict[UUID, Published | ChannelError] = {
            key: Published(row.external_id, row.address, row.bound) for key, row in batch.rows.items()
        }
        size = self._connector.price_batch_size
        for start in range(0, len(changes), size):
            chunk = changes[start : start + size]
            answers = self._connector.update_price_stock(chunk, journal)
            for change in chunk:
                error = answers.get(change.sku)
                if error is not None:
                    results[change.publication_id] = error
        return results

    def _prove(self, batch: Batch, results: Results) -> None:
        """Reads back what was taken. Live is only what was seen."""
        taken = {
            key: dataclasses.replace(
                batch.outgoing[key],
                goods=dataclasses.replace(batch.outgoing[key].goods, bound=result.bound),
            )
            for key, result in results.items()
            if isinstance(result, Published)
        }
        if not taken:
            return
        lives = read_back(self._connector, list(taken.values()))
        with tenant(self._run.tenant_id):
            settle.proved(batch.rows, taken, lives, self._connector)


def _take_up(task: Task, rows: Mapping[UUID, Publication], ready: Mapping[UUID, Outgoing]) -> None:
    """Writes down which wish is worked for, and what it looks like."""
    for key, item in ready.items():
        found = fingerprints.of(item.goods)
        rows[key].pushed_prices = found.prices
        if task == Task.PUBLISH:
            rows[key].pushed_content = found.content
    Publication.objects.bulk_update(rows.values(), ["generation", "pushed_content", "pushed_prices"])


def read_back(connector: Any, items: Sequence[Outgoing]) -> Mapping[UUID, Live | ChannelError]:
    """What the channel shows now, by publication. An outage of the whole call is each one's."""
    if not isinstance(connector, ReadsBack):
        return {}
    try:
        return connector.read_back([item.goods for item in items])
    except (LoginNeeded, SetupNeeded):
        raise
    except ChannelError as error:
        return {item.goods.publication_id: error for item in items}


def verify(run: JobRun, connection_id: UUID, older_than: datetime) -> int:
    """Reads back what nobody has looked at since `older_than`; returns how many were looked at."""
    view, connector = connections.connector_for(connection_id, tenant_id=run.tenant_id)
    looked_at = 0
    while True:
        run.check()
        with tenant(run.tenant_id):
            rows = {
                row.id: row
                for row in Publication.objects.filter(connection_id=connection_id, task=Task.NOTHING)
                .filter(
                    state__in=[State.LIVE, State.DIFFERS, State.SENT, State.ENDED], checked_at__lt=older_than
                )
                .exclude(external_id="")
                .order_by("checked_at")[: getattr(connector, "batch_size", 1)]
            }
            built = outgoing.build(
                view, {r.listing_id: r for r in rows.values()}, [r.listing_id for r in rows.values()]
            )
        if not rows:
            return looked_at
        items = {item.goods.publication_id: item for item in built.values()}
        with about(publications=list(rows)):
            lives = read_back(connector, list(items.values()))
        with tenant(run.tenant_id):
            settle.proved(rows, items, lives, connector)
            Publication.objects.filter(id__in=rows).update(checked_at=now())
        looked_at += len(rows)
