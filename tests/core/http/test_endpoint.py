"""What surrounds an endpoint: credential, tenant, cause, answer, and the connection given back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import jwt
import psycopg
import pytest
from django.db import connection
from fastapi import Response
from pydantic import BaseModel, ConfigDict
from tests.plugins.api import Serve, Token

from kontor.core.cause import cause_of
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.http.credentials import Signed
from kontor.core.http.routing import router
from kontor.core.tenancy import NoTenant, current_tenant


class Wish(BaseModel):
    """A body."""

    number: int


def test_an_endpoint_runs_as_its_actors_tenant_and_cause(serve: Serve, token: Token, tenant_a: UUID) -> None:
    routes = router("", "X")

    @routes.get("/who", scope="read")
    def who() -> dict[str, str]:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('app.tenant')")
            return {"tenant": cursor.fetchone()[0], "known": str(current_tenant()), **cause_of()}

    answer = serve(routes).get("/who", headers=token()).json()
    assert answer["tenant"] == answer["known"] == str(tenant_a)
    assert (answer["kind"], answer["label"]) == ("person", "Rike Boje")


def test_transaction_false_leaves_the_tenant_to_the_endpoint(serve: Serve, token: Token) -> None:
    routes = router("", "X")

    @routes.get("/who", scope="read", transaction=False)
    def who(actor: Signed) -> str:
        with pytest.raises(NoTenant):
            current_tenant()
        return actor.name

    assert serve(routes).get("/who", headers=token()).json() == "Rike Boje"


def test_a_read_only_token_writes_nothing_and_learns_nothing_of_the_body(serve: Serve, token: Token) -> None:
    routes = router("", "X")
    written: list[int] = []

    @routes.post("/wishes", scope="write", status_code=201)
    def write(wish: Wish) -> int:
        written.append(wish.number)
        return wish.number

    client = serve(routes)
    reader, member = token("read_only"), token("member")
    for body in ({"number": 1}, {"number": "x"}):
        refused = client.post("/wishes", headers=reader, json=body)
        assert (refused.status_code, refused.json()["params"]) == (403, {"needs": "write"})
    assert written == []
    assert client.post("/wishes", headers=member, json={"number": 1}).status_code == 201


def test_a_bad_token_is_refused_with_its_reason(serve: Serve, token: Token, tenant_a: UUID) -> None:
    routes = router("", "X")

    @routes.get("/who", scope="read")
    def who(actor: Signed) -> str:
        return actor.name

    client, good = serve(routes), token()["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(good, options={"verify_signature": False})
    head, key = jwt.get_unverified_header(good), settings().jwt_secret_key.get_secret_value()

    def signed(key: str = key, algorithm: str = "HS256", **changed: object) -> str:
        return jwt.encode({**claims, **changed}, key, algorithm=algorithm, headers={"kid": head["kid"]})

    bad = {
        "": "",
        "Basic YTpi": "",
        "Bearer": "",
        "Bearer nonsense": "invalid",
        f"Bearer {signed('another key of the same length, or so')}": "invalid",
        f"Bearer {signed('', 'none')}": "invalid",
        f"Bearer {signed(aud='somebody')}": "invalid",
        f"Bearer {signed(tenant='1')}": "invalid",
        f"Bearer {signed(exp=now() - timedelta(minutes=1))}": "expired",
    }
    for header, reason in bad.items():
        refused = client.get("/who", headers={"Authorization": header})
        assert refused.status_code == 401, header
        assert refused.headers["www-authenticate"] == "Bearer"
        assert refused.json()["params"].get("reason", "") == reason
    assert client.get("/who", headers={"Authorization": f"bearer {signed()}"}).status_code == 200


def test_lazy_relations_are_read_and_headers_kept(serve: Serve, token: Token) -> None:
    from kontor.accounts.models import Membership

    class TenantOut(BaseModel):
        model_config = ConfigDict(from_attributes=True)
        name: str

    class MembershipOut(BaseModel):
        model_config = ConfigDict(from_attributes=True)
        role: str
        tenant: TenantOut

    routes = router("", "X")

    def first(response: Response) -> MembershipOut:
        response.headers["ETag"] = '"3"'
        response.set_cookie("a", "b")
        return Membership.objects.get()  # type: ignore[return-value]

    first.__annotations__["return"] = MembershipOut
    routes.get("/first", scope="read")(first)

    @routes.delete("/first", scope="write")
    def gone() -> None: ...

    client, headers = serve(routes), token()
    answer = client.get("/first", headers=headers)
    assert answer.json() == {"role": "owner", "tenant": {"name": "Alpha Handel"}}
    assert answer.headers["etag"] == '"3"'
    assert client.cookies["a"] == "b"
    empty = client.delete("/first", headers=headers)
    assert (empty.status_code, empty.content) == (204, b"")


def test_two_hundred_requests_leave_no_connection_behind(serve: Serve, token: Token) -> None:
    routes = router("", "X")

    @routes.get("/slow", scope="read")
    def slow() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select 1 from pg_sleep(0.005)")
            return int(cursor.fetchone()[0])

    client, headers = serve(routes), token()
    connection.close()
    with ThreadPoolExecutor(16) as threads:
        codes = list(threads.map(lambda _: client.get("/slow", headers=headers).status_code, range(200)))
    assert codes == [200] * 200
    pool, deadline = connection.pool, now() + timedelta(seconds=10)  # type: ignore[attr-defined]
    while lent := (stats := pool.get_stats())["pool_size"] - stats["pool_available"]:
        assert now() < deadline, f"{lent} connections never came back"  # the pool may still be growing
        pool.check()


def test_a_restarted_database_is_noticed_before_the_request_is_lost(
    serve: Serve, token: Token, superuser: str
) -> None:
    routes = router("", "X")

    @routes.get("/who", scope="read")
    def who(actor: Signed) -> str:
        return actor.name

    client, headers = serve(routes), token()
    assert client.get("/who", headers=headers).status_code == 200
    connection.close()
    with psycopg.connect(superuser, autocommit=True) as db:
        ended = db.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            " where datname = current_database() and usename = 'kontor_app'"
        ).fetchone()
    assert ended
    assert ended[0] >= 1
    assert [client.get("/who", headers=headers).status_code for _ in range(5)] == [200] * 5
