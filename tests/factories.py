"""Things that many tests need to exist, made through the services that make them in the product."""

from __future__ import annotations

from uuid import UUID

from kontor.channels.connections.models import Connection, State
from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.core.money import Money
from kontor.goods import service as goods
from kontor.goods.values import ProductInput, ProductView, VariantInput
from kontor.publishing.models import SHARDS, Publication


def product(
    reference: str = "WL-1", *, price: int | None = 1990, quantity: int = 5, **more: object
) -> ProductView:
    """A single article in EUR. Inside `tenant()`."""
    variant = VariantInput(
        reference, price=None if price is None else Money(price, "EUR"), quantity=quantity, options={}
    )
    fields: dict[str, object] = {
        "reference": reference,
        "title": {"de": f"Leinenschürze {reference}"},
        "description": {"de": "<p>Gewebt in Flandern, genäht in Lübeck.</p>"},
        "brand": "Hafenleinen",
        "condition": "new",
        "variants": (variant,),
    }
    return goods.save(None, ProductInput(**{**fields, **more}))  # type: ignore[arg-type]


def connection(marketplace: str = "EBAY_DE", state: State = State.CALLABLE, **more: object) -> Connection:
    """A connected account that nothing was ever called for. Inside `tenant()`."""
    fields: dict[str, object] = {
        "channel": "ebay",
        "marketplace": marketplace,
        "account_id": str(uuid7()),
        "label": "eBay",
        "state": state,
        "connected_at": now(),
    }
    return Connection.objects.create(**{**fields, **more})


def publication(reference: str = "WL-1", **more: object) -> Publication:
    """A listing wanted on a connection of its own. Inside `tenant()`."""
    key = uuid7()
    return Publication.objects.create(
        id=key,
        listing_id=product(reference).listing_id,
        connection_id=connection().id,
        shard=key.int % SHARDS,
        **more,
    )


def publication_id(tenant_id: UUID, reference: str = "WL-1") -> UUID:
    """The same, in a transaction of its own."""
    from kontor.core.tenancy import tenant

    with tenant(tenant_id):
        return publication(reference).id
