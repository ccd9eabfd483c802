"""`router(prefix, tag)`: the only way to make endpoints. Every route declares the scope it needs.

    routes = router("/listings", "Listings")

    @routes.get("", scope="read")
    def list_listings(actor: Signed, page: Paging) -> Page[ListingOut]: ...

Endpoints are plain `def`; what surrounds one is in `endpoint.py`, what a request meets before it in `route.py`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter, Depends

from kontor.core.config import settings
from kontor.core.http.credentials import SCOPES, Scope, requires
from kontor.core.http.endpoint import surrounded
from kontor.core.http.etags import IfMatch, IfMatchGiven
from kontor.core.http.problems import Conditional, responses_for
from kontor.core.http.retiring import Retired
from kontor.core.http.route import OrmRoute

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
JSON_BODY_BYTES = 2 * 1024 * 1024
MULTIPART_OVERHEAD_BYTES = 64 * 1024


class Routes:
    """The endpoints of one noun under one prefix; `.router` is what FastAPI includes."""

    def __init__(self, prefix: str, tag: str) -> None:
        self.router = APIRouter(prefix=prefix, tags=[tag], route_class=OrmRoute)

    def placed(self, prefix: str, **options: Any) -> list[OrmRoute]:
        """Every endpoint below `prefix`, for an application's own row of routes; `options` are FastAPI's."""
        return [route.at(prefix, **options) for route in self.router.routes if isinstance(route, OrmRoute)]

    def get(self, path: str = "", *, scope: Scope, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Reads. See `route` for the options."""
        return self.route("GET", path, scope=scope, **options)

    def post(self, path: str = "", *, scope: Scope, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Creates or acts; creates want `idempotent=True`. See `route` for the options."""
        return self.route("POST", path, scope=scope, **options)

    def put(self, path: str = "", *, scope: Scope, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Replaces. See `route` for the options."""
        return self.route("PUT", path, scope=scope, **options)

    def patch(self, path: str = "", *, scope: Scope, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Changes parts. See `route` for the options."""
        return self.route("PATCH", path, scope=scope, **options)

    def delete(self, path: str = "", *, scope: Scope, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Removes. See `route` for the options."""
        return self.route("DELETE", path, scope=scope, **options)

    def route(
        self,
        method: str,
        path: str,
        *,
        scope: Scope,
        transaction: bool = True,
        idempotent: bool = False,
        upload: bool = False,
        unlimited: bool = False,
        retired: Retired | None = None,
        **options: Any,
    ) -> Callable[[Endpoint], Endpoint]:
        """Registers an endpoint; the decorated function stays as it was, callable by tests.

        `scope`: `read`, `write`, `admin`, or `public` (no credential, and so no tenant: the endpoint opens its own).
        `transaction=False`: the endpoint opens its own `tenant()` blocks, for the rare one that must call out between.
        `idempotent=True`: honours `Idempotency-Key`. `upload=True`: takes a body up to MAX_UPLOAD_SIZE.
        `unlimited=True`: its requests are not counted: pictures come by the hundred, channels must get through.
        `retired`: it is deprecated, and each answer says until when it works.
        All other options are FastAPI's (`status_code`, `summary`, `responses`, `response_class`, …).
        Raises TypeError at import where a route could not keep what it promises.
        """

        def register(function: Endpoint) -> Endpoint:
            checked(method, path, function, scope=scope, transaction=transaction, idempotent=idempotent)
            # A `def` gets its actor from `surrounded`.
            signs_in = scope != "public" and inspect.iscoroutinefunction(function)
            self.router.add_api_route(
                path,
                surrounded(
                    function,
                    scope,
                    options,
                    transaction=transaction,
                    idempotent=idempotent,
                    changing=f"{self.router.prefix}{path}" if method != "GET" else "",
                ),
                methods=[method],
                dependencies=[Depends(requires(scope))] if signs_in else [],
                openapi_extra=options.pop("openapi_extra", {})
                | documented(scope, upload=upload, unlimited=unlimited, retired=retired),
                responses={
                    **responses_for(
                        scope,
                        named="{" in path,
                        conditional=conditional(function),
                        idempotent=idempotent,
                        upload=upload,
                    ),
                    **options.pop("responses", {}),
                },
                **options,
            )
            return function

        return register


def router(prefix: str, tag: str) -> Routes:
    """Routes for one noun. `prefix` begins with `/` or is empty; `tag` is the heading in the documentation."""
    return Routes(prefix, tag)


def documented(scope: Scope, *, upload: bool, unlimited: bool, retired: Retired | None) -> dict[str, Any]:
    """What the document says of a route beside its shape; `OrmRoute` reads it back."""
    return {
        "x-scope": scope,
        "x-max-body-bytes": settings().max_upload_size + MULTIPART_OVERHEAD_BYTES
        if upload
        else JSON_BODY_BYTES,
        "security": [] if scope == "public" else [{"bearer": []}],
        **({"x-unlimited": True} if unlimited else {}),
        **(retired.documented() if retired else {}),
    }


def conditional(function: Callable[..., Any]) -> Conditional:
    """How the endpoint takes part in optimistic locking."""
    parameters = inspect.signature(function, eval_str=True).parameters
    annotations = [parameter.annotation for parameter in parameters.values()]
    return "wanted" if IfMatch in annotations else "read" if IfMatchGiven in annotations else ""


def checked(
    method: str, path: str, function: Callable[..., Any], *, scope: str, transaction: bool, idempotent: bool
) -> None:
    """Raises TypeError for a declaration that would break a promise at run time."""
    where = f"{method} {path} ({function.__module__}.{function.__qualname__})"
    if scope not in SCOPES:
        raise TypeError(f"{where}: scope {scope!r} is none of {sorted(SCOPES)}")
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise TypeError(f"{where}: a generator would be read after its transaction ended; return a Response")
    if inspect.iscoroutinefunction(function) and transaction and scope != "public":
        raise TypeError(f"{where}: `async def` can't use the ORM; make it `def`, or say transaction=False")
    if idempotent and (not transaction or scope == "public"):
        raise TypeError(
            f"{where}: idempotent=True stores the answer with the effect: it needs the transaction"
        )
