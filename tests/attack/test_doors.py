"""The doors that are no routes of ids: sockets, files behind signatures, jobs, keys. `/admin`: tests/administration."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from asgiref.sync import sync_to_async
from psycopg import sql
from starlette.testclient import TestClient
from tests.api.world import PLAIN, World
from tests.attack.answers import UNKNOWN, learns, rows_of, told
from tests.attack.spots import in_paths
from tests.attack.test_ids import everything
from tests.live.test_live import Client, in_loop
from tests.plugins.api import Caller

from kontor.accounts.keys import text
from kontor.accounts.keys.models import ApiKey
from kontor.catalog import media
from kontor.core.tenancy import tenant
from kontor.jobs import service as jobs
from kontor.jobs.models import Job
from kontor.jobs.registry import HANDLERS
from kontor.jobs.runner import run_one
from kontor.live import events, tickets


def test_a_socket_hears_nothing_foreign_whatever_it_asks_for(
    alpha: World, own: World, beta: Caller, superuser: str
) -> None:
    """Alpha's sequence, its ids as words of the address, its ids in what the client says."""
    everything(alpha)

    def record() -> None:
        with tenant(alpha.tenant_id):
            events.record(
                "stock.changed", "listing", UUID(alpha["listing_id"]), payload={"title": alpha.mark}
            )

    for _ in range(7):
        record()
    before = rows_of(superuser, alpha.tenant_id)
    words = "&".join(
        f"{name}={value}"
        for name, value in {
            "tenant": alpha.tenant_id, "tenant_id": alpha.tenant_id, "entity_id": alpha["listing_id"],
            "listing_id": alpha["listing_id"], "job_id": alpha["job_id"], "kind": "stock.changed",
        }.items()
    )  # fmt: skip

    async def story() -> None:
        for since in ("", "&since=0", "&since=3", "&since=7", "&since=999999"):
            ticket = await sync_to_async(tickets.issue)(own.tenant_id)
            client = Client(f"ticket={ticket}{since}&{words}")
            await client.connect()
            heard = [await client.frames(1)]
            while heard[-1][0]["type"] not in ("hello", "nothing", "replayed"):
                heard.append(await client.frames(1))
            if not await client.hears_nothing():
                heard.append(await client.frames(1))
            await client._application.send_input(
                {"type": "websocket.receive", "text": f'{{"subscribe": "{alpha["listing_id"]}"}}'}
            )
            await sync_to_async(record)()
            assert await client.hears_nothing()
            assert alpha.mark not in repr(heard)
            assert alpha["listing_id"] not in repr(heard)
            await client.disconnect()

    in_loop(story)
    after = rows_of(superuser, alpha.tenant_id)
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"live_event", "live_sequence"}  # Alpha's own


def test_a_file_is_had_by_its_own_address_alone(alpha: World, own: World, anonymous: TestClient) -> None:
    """Alpha's picture under Beta's signature, another rendition, each byte of the signature changed."""
    theirs = media.signed_path(alpha.tenant_id, UUID(alpha["media_id"]), "thumb_96")
    assert anonymous.get(theirs).status_code == 200
    address, _, signature = theirs.partition("?sig=")
    raw = base64.urlsafe_b64decode(signature + "==")
    mine = media.signed_path(own.tenant_id, UUID(own["media_id"]), "thumb_96").partition("?sig=")[2]
    forged = [bytes([*raw[:at], raw[at] ^ 1, *raw[at + 1 :]]) for at in range(len(raw))]
    forged.append(own.tenant_id.bytes + raw[16:])
    forged.append(alpha.tenant_id.bytes + base64.urlsafe_b64decode(mine + "==")[16:])
    attacks = [f"{address}?sig={base64.urlsafe_b64encode(each).decode().rstrip('=')}" for each in forged]
    attacks += [f"{address}?sig={mine}", f"{address}?sig=x", theirs.replace("thumb_96", "channel_1600")]
    # A signature that Beta could have been given, were it asked for: right, and of no row of theirs.
    attacks.append(media.signed_path(own.tenant_id, UUID(alpha["media_id"]), "thumb_96"))
    never = anonymous.get(media.signed_path(own.tenant_id, UUID(UNKNOWN), "thumb_96"))
    expected = told(never, [UNKNOWN])
    assert expected[0] == 404
    assert {told(anonymous.get(attack), [alpha["media_id"]]) for attack in attacks if attack} == {expected}


def test_no_export_is_fetched_by_a_made_up_link(alpha: World, anonymous: TestClient) -> None:
    answers = {
        repr(told(anonymous.get(f"/api/v1/privacy/downloads/{token}"), [token]))
        for token in (alpha["export_id"], f"{alpha['export_id']}.{alpha.tenant_id}", UNKNOWN, "a.b.c")
    }
    assert len(answers) == 1
    assert "410" in answers.pop()


def named(things: dict[str, str]) -> dict[str, Any]:
    """What any handler reads from its payload. A handler that reads something else fails here: add it."""
    return {
        **things,
        "listing_ids": [things["listing_id"]],
        "action": "archive",
        "price": None,
        "code": "policies",
        "shard": 0,
        "words": "lamp",
        # People and mails belong to no tenant: only the house's own jobs name them.
        "person": UNKNOWN,
        "message_id": UNKNOWN,
        "email": "nobody@example.com",
        "entry": {},
    }


def test_a_job_that_names_foreign_things_finds_none_of_them(
    alpha: World, own: World, superuser: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Every kind of job there is, as Beta's: it ends as it would for ids that never were."""
    things = [
        "listing_id", "connection_id", "receipt_id", "shipment_id", "delivery_id", "export_id", "import_id",
        "media_id", "publication_id", "order_id", "mail_id", "mailbox_id",
    ]  # fmt: skip
    everything(alpha)
    before = rows_of(superuser, alpha.tenant_id)
    wrong = []
    for kind in sorted(HANDLERS):
        ends = []
        for ids in ({name: str(uuid4()) for name in things}, {name: alpha[name] for name in things}):
            with tenant(own.tenant_id):
                job_id = jobs.add(kind, named(ids)).id
            run_one(job_id=job_id)
            with tenant(own.tenant_id):
                job = Job.objects.get(id=job_id)
            words = repr(job.problem)
            for name, value in ids.items():
                words = words.replace(value, name)
            ends.append((job.status, job.outcome, job.done, job.total, words))
        if ends[0] != ends[1]:
            wrong.append(f"{kind}: {ends}")
        if "KeyError" in caplog.text:
            wrong.append(f"{kind} reads what the attack doesn't name: {caplog.text[-300:]}")
        caplog.clear()
    assert not wrong, "\n".join(wrong)
    assert rows_of(superuser, alpha.tenant_id) == before
    assert alpha.mark not in written(superuser, own.tenant_id)


def written(superuser: str, tenant_id: UUID) -> str:
    """All rows of a tenant as text."""
    with psycopg.connect(superuser) as db:
        tables = db.execute("select relname from pg_class where relkind = 'r' and relrowsecurity").fetchall()
        query = "select t::text from {} t where tenant_id = %s"
        return repr(
            [
                db.execute(sql.SQL(query).format(sql.Identifier(name)), [tenant_id]).fetchall()
                for (name,) in tables
            ]
        )


def key_of(world: World) -> str:
    """A key that may do all that keys may."""
    secret, prefix = text.made(world.tenant_id)
    scopes = ["read", "write", "admin"]
    world.create(
        ApiKey, name=world.mark, prefix=prefix, hash=text.hashed(secret), scopes=scopes, maker_name="Test"
    )
    return secret


def parts_of(key: str) -> list[str]:
    """Its word, tenant, prefix and secret; the tenant's may hold an underscore itself."""
    return [key[:6], key[7:29], key[30:38], key[39:]]


def test_a_key_opens_its_own_business_alone(
    alpha: World, own: World, anonymous: TestClient, superuser: str
) -> None:
    everything(alpha)
    theirs, mine = parts_of(key_of(alpha)), parts_of(key_of(own))
    anonymous.headers["Authorization"] = f"Bearer {'_'.join(mine)}"
    assert anonymous.get("/api/v1/listings").status_code == 200
    before = rows_of(superuser, alpha.tenant_id)
    wrong = []
    for spot in in_paths(alpha):
        if spot.op.method not in ("GET", "DELETE"):  # the others' ids are looked up by the same services
            continue
        answers = []
        for value in (alpha[spot.thing], UNKNOWN):
            ids = {name: PLAIN.get(name) or UNKNOWN for name in spot.op.path_names} | {spot.place[0]: value}
            at = spot.op.at(ids)
            answer = anonymous.request(
                spot.op.method,
                at,
                params=spot.op.required_query(),
                headers={"If-Match": "*"},
                **spot.op.sent(),
            )
            answers.append(told(answer, [value]))
            if found := learns(answer, alpha, at):
                wrong.append(f"{spot}: tells {found}")
        if answers[0] != answers[1] or answers[0][0] not in (403, 404):
            wrong.append(f"{spot}: {answers}")
    assert not wrong, "\n".join(wrong)
    forged = [
        ["kontor", theirs[1], mine[2], mine[3]],
        ["kontor", theirs[1], theirs[2], mine[3]],
        ["kontor", mine[1], theirs[2], theirs[3]],
        ["kontor", "A" * 22, mine[2], mine[3]],
    ]
    answers = set()
    for parts in forged:
        anonymous.headers["Authorization"] = f"Bearer {'_'.join(parts)}"
        answers.add(repr(told(anonymous.get("/api/v1/listings"), ["_".join(parts)])))
    assert len(answers) == 1
    assert "401" in answers.pop()
    assert rows_of(superuser, alpha.tenant_id) == before
