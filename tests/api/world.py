"""One of everything in one tenant: what the attacks on another tenant's ids aim at.

A factory per path parameter (and per id that a body or a query names). A route with a parameter that has no factory
fails the attack: whoever adds the entity adds its line here.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

from PIL import Image

from kontor.core.clock import now
from kontor.core.tenancy import tenant

# Parameters that name no row of a tenant: any value of the right kind will do.
PLAIN = {
    "number": "1",
    "rendition": "thumb_96",
    "channel_id": "ebay",
    "token": "no-such-token",
    "template_name": "reset_password",
    "sha256": "0" * 64,
    "code": "law.bgb_656c_payer",
}

Factory = Callable[["World"], Any]
Made = TypeVar("Made", bound=Factory)
FACTORIES: dict[str, Factory] = {}


def makes(*names: str) -> Callable[[Made], Made]:
    """Registers a factory under the names of parameters."""

    def register(factory: Made) -> Made:
        FACTORIES.update(dict.fromkeys(names, factory))
        return factory

    return register


class World:
    """The tenant's things, made when they are first asked for. `mark` stands in each of them."""

    def __init__(self, tenant_id: UUID, mark: str) -> None:
        self.tenant_id, self.mark = tenant_id, mark
        self._made: dict[Factory, Any] = {}

    def __getitem__(self, name: str) -> str:
        """The id of the thing that this parameter names."""
        factory = FACTORIES[name]
        if factory not in self._made:
            self._made[factory] = factory(self)
        return str(self._made[factory])

    def knows(self, name: str) -> bool:
        """Whether a parameter has a factory."""
        return name in FACTORIES

    def made(self) -> set[str]:
        """All ids so far."""
        return {str(value) for value in self._made.values()}

    def create(self, model: Any, **values: Any) -> UUID:
        """A row of the tenant."""
        with tenant(self.tenant_id):
            return UUID(str(model.objects.create(**values).pk))


@makes("listing_id", "listing_ids", "listing")
def listing(world: World) -> UUID:
    """A product with one variant and a brand."""
    from kontor.core.money import Money
    from kontor.goods import service
    from kontor.goods.values import ProductInput, VariantInput

    draft = ProductInput(
        reference="ALPHA-1",
        title={"de": world.mark},
        brand=f"Marke {world.mark}",
        variants=(VariantInput(sku="ALPHA-1", price=Money(1250, "EUR"), quantity=3),),
    )
    with tenant(world.tenant_id):
        return service.save(None, draft).listing_id


@makes("variant_id", "variant_ids")
def variant(world: World) -> UUID:
    """The listing's variant."""
    from kontor.goods import service

    with tenant(world.tenant_id):
        return service.get(UUID(world["listing_id"])).variants[0].id


@makes("brand_id")
def brand(world: World) -> UUID:
    """The listing's brand."""
    from kontor.goods import service

    with tenant(world.tenant_id):
        found = service.get(UUID(world["listing_id"])).brand
    assert found
    return found.id


@makes("property_id")
def owned_property(world: World) -> UUID:
    """A flat."""
    from kontor.properties import service
    from kontor.properties.content import PropertyContent

    said = {"reference": f"FLAT-{world.mark}", "kind": "flat", "texts": {"de": {"title": world.mark}}}
    with tenant(world.tenant_id):
        return service.save(None, PropertyContent.from_json(said)).listing_id


@makes("session_id")
def session(world: World) -> UUID:
    """Somebody's log-in."""
    from kontor.accounts import sessions
    from kontor.accounts.models import Membership, Person

    person = Person.objects.create(email=f"{uuid4().hex}@example.com", first_name=world.mark, password="!")
    membership = Membership.objects.create(person=person, tenant_id=world.tenant_id, role="owner")
    return sessions.begin(membership).session.id


@makes("factor_id")
def factor(world: World) -> UUID:
    """The authenticator app of that person."""
    from kontor.accounts.factors.models import Secret
    from kontor.accounts.models import Session

    person_id = Session.objects.get(id=world["session_id"]).membership.person_id
    return Secret.objects.create(person_id=person_id, sealed=b"", confirmed_at=now()).id


@makes("media_id", "media_ids")
def media(world: World) -> UUID:
    """A picture."""
    from kontor.catalog import media as pictures

    content = io.BytesIO()
    Image.new("RGB", (600, 600), (int(world.tenant_id) % 255, 90, 30)).save(content, "PNG")
    return pictures.store(world.tenant_id, content.getvalue()).id


@makes("job_id", "job_ids", "run_id", "parent")
def job(world: World) -> UUID:
    """A job that waits until tomorrow."""
    from kontor.jobs.models import Job, Lane

    return world.create(
        Job, kind="tests.secret", lane=Lane.NORMAL, label=world.mark, run_at=now().replace(year=2099)
    )


@makes("connection_id", "connection_ids", "connection")
def connection(world: World) -> UUID:
    """An account that could be called."""
    from kontor.channels.connections.models import Connection, State

    return world.create(
        Connection, channel="ebay", marketplace="EBAY_DE", account_id=uuid4().hex, account_name=world.mark,
        label=world.mark, state=State.CALLABLE, connected_at=now(),
    )  # fmt: skip


@makes("publication_id", "publication_ids")
def publication(world: World) -> UUID:
    """The listing on the connection."""
    from kontor.publishing.models import Publication

    return world.create(
        Publication,
        listing_id=world["listing_id"],
        connection_id=world["connection_id"],
        external_id=world.mark,
    )


@makes("order_id", "order_ids")
def order(world: World) -> UUID:
    """A paid order."""
    from kontor.orders.models import Order

    return world.create(
        Order, connection_id=world["connection_id"], external_id="12-34567-89012", state="to_ship", payment="PAID",
        fulfilment="NOT_STARTED", cancel="NONE", buyer={"name": world.mark}, total_minor=1250, currency="EUR",
        placed_at=now(), changed_at=now(), received_at=now(), raw={},
    )  # fmt: skip


@makes("shipment_id")
def shipment(world: World) -> UUID:
    """A shipment that the channel was not told of."""
    from kontor.orders.models import Shipment

    return world.create(
        Shipment, order_id=world["order_id"], carrier="DHL", tracking=world.mark, shipped_at=now(), lines={}
    )


@makes("receipt_id")
def receipt(world: World) -> UUID:
    """A message of the channel."""
    from kontor.inbound.models import Receipt

    return world.create(
        Receipt, connection_id=world["connection_id"], source="poll", topic="orders", external_id=world.mark,
        body={"secret": world.mark}, received_at=now(),
    )  # fmt: skip


@makes("import_id")
def imported(world: World) -> UUID:
    """An uploaded product list whose mapping nobody looked at yet."""
    from kontor.goods.imports import service

    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(f"sku;title;price\nA-9;{world.mark};12,50\n".encode())
        file.flush()
        return service.upload(world.tenant_id, f"{world.mark}.csv", Path(file.name))


@makes("property_import_id")
def imported_package(world: World) -> UUID:
    """An uploaded OpenImmo document that nobody started to import yet."""
    from kontor.properties.property_imports import service

    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(f"<openimmo><anbieter><firma>{world.mark}</firma></anbieter></openimmo>".encode())
        file.flush()
        return service.upload(world.tenant_id, f"{world.mark}.xml", Path(file.name))


@makes("person_id")
def person(world: World) -> UUID:
    """Somebody of the business."""
    from kontor.accounts.models import Membership, Person

    made = Person.objects.create(email=f"{uuid4().hex}@example.com", first_name=world.mark, password="!")
    Membership.objects.create(person=made, tenant_id=world.tenant_id, role="member")
    return made.id


@makes("invitation_id")
def invitation(world: World) -> UUID:
    """Somebody who is asked in."""
    from kontor.accounts.people.models import Invitation

    return world.create(
        Invitation, email=f"{uuid4().hex}@example.com", role="member", language="de", inviter=world.mark,
        hash=uuid4().bytes * 2, expires_at=now().replace(year=2099),
    )  # fmt: skip


@makes("endpoint_id")
def endpoint(world: World) -> UUID:
    """A webhook endpoint of the business."""
    from kontor.webhooks import endpoints

    with tenant(world.tenant_id):
        return endpoints.make("https://erp.example/hook", ["order.received"], world.mark)[0].id


@makes("delivery_id")
def delivery(world: World) -> UUID:
    """What it was told."""
    from kontor.webhooks import endpoints

    with tenant(world.tenant_id):
        return endpoints.send_test(UUID(world["endpoint_id"])).id


@makes("key_id")
def api_key(world: World) -> UUID:
    """A program's key."""
    from kontor.accounts.keys.models import ApiKey

    return world.create(
        ApiKey,
        name=world.mark,
        prefix="alphakey",
        hash=uuid4().bytes * 2,
        scopes=["read"],
        maker_name=world.mark,
    )


@makes("export_id")
def export(world: World) -> UUID:
    """Somebody's export that can be fetched."""
    from kontor.privacy.models import Export

    return world.create(Export, subject="business", person_id=uuid4(), state="ready")


@makes("erasure_id")
def erasure(world: World) -> UUID:
    """The erasure of the business, which waits."""
    from kontor.privacy.models import Erasure

    later = now().replace(year=2099)
    return Erasure.objects.create(subject="business", tenant_id=world.tenant_id, due_at=later).id


@makes("picture_id")
def picture(world: World) -> UUID:
    """The media's place in the listing."""
    from kontor.catalog.models import ListingMedia

    return world.create(
        ListingMedia,
        listing_id=world["listing_id"],
        media_id=world["media_id"],
        state="stored",
        source_url=f"https://pictures.example/{world.mark}.png",
    )


@makes("notice_id")
def notice(world: World) -> UUID:
    """What the person was told."""
    from kontor.accounts.people.models import Notice

    return world.create(
        Notice, person_id=world["person_id"], event="order.received", params={"buyer": world.mark}
    )


@makes("mail_id")
def portal_mail(world: World) -> UUID:
    """A mail with one request in it, read."""
    from kontor.enquiries import service

    raw = f"From: Portal <a@portal.example>\nMessage-ID: <{uuid4()}>\n\nRef.: 1\nName: {world.mark}\nE-Mail: a@b.example\n"
    with tenant(world.tenant_id):
        row, _ = service.receive(raw.encode())
        service.interpret(row.id)
        return row.id


@makes("enquiry_id")
def enquiry(world: World) -> UUID:
    """The request of that mail."""
    from kontor.enquiries.models import Enquiry

    mail_id = world["mail_id"]
    with tenant(world.tenant_id):
        return Enquiry.objects.get(mail_id=mail_id).id


@makes("mailbox_id")
def mailbox(world: World) -> UUID:
    """A mailbox that rests."""
    from kontor.enquiries import mailboxes

    wish = {"host": "mail.example", "user": world.mark, "password": world.mark, "is_active": False}
    with tenant(world.tenant_id):
        return mailboxes.make(wish).id
