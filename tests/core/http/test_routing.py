"""What a noun gets from `router`, and what it is refused at import."""

from __future__ import annotations

import pytest
from fastapi import APIRouter, Depends

from kontor.core.http.credentials import Signed
from kontor.core.http.route import OrmRoute
from kontor.core.http.routing import router


def test_a_route_without_scope_is_refused_at_import() -> None:
    routes = router("/x", "X")
    with pytest.raises(TypeError, match="scope"):
        routes.get("")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="scope"):
        routes.get("", scope="everybody")(lambda: None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="declare a scope"):
        APIRouter(route_class=OrmRoute).add_api_route("/y", lambda: None)


def test_a_sync_dependency_is_refused_at_import() -> None:
    def user() -> int:
        return 1

    with pytest.raises(TypeError, match="plain `def`"):

        @router("/x", "X").get("", scope="public")
        def bad(user: int = Depends(user)) -> int:
            return user


def test_what_cannot_keep_its_promise_is_refused_at_import() -> None:
    async def on_the_loop(actor: Signed) -> None: ...

    def creates() -> None: ...

    with pytest.raises(TypeError, match="async def"):
        router("/x", "X").get("", scope="read")(on_the_loop)
    with pytest.raises(TypeError, match="idempotent"):
        router("/x", "X").post("", scope="write", transaction=False, idempotent=True)(creates)


def test_the_decorated_function_stays_callable() -> None:
    @router("/x", "X").get("", scope="public")
    def double(number: int) -> int:
        return number * 2

    assert double(21) == 42
