"""`/api/v1/webhooks`: endpoints of the business's own systems, and what was told there."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from kontor.core.http.credentials import Signed
from kontor.core.http.etags import IfMatch, etag
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.webhooks import deliveries, endpoints
from kontor.webhooks.event_types import TYPES
from kontor.webhooks.models import Endpoint
from kontor.webhooks.schemas import (
    DeliveryDetail,
    DeliveryOut,
    DeliveryStateName,
    EndpointEdit,
    EndpointIn,
    EndpointOut,
    EndpointWithSecret,
    EventTypeOut,
    EventTypes,
    ReplayedOut,
    ReplayIn,
)

routes = router("/webhooks", "Webhooks")


@routes.get("/event-types", scope="read", summary="What can be told")
def list_event_types(actor: Signed) -> EventTypes:
    """Every event an endpoint can choose, with an example of its `data`."""
    return EventTypes(items=[EventTypeOut.of(each) for each in TYPES.values()])


@routes.get("/endpoints", scope="admin", summary="Where events are told")
def list_endpoints(actor: Signed, page: Paging) -> Page[EndpointOut]:
    """Endpoints of the business, newest first."""
    return paginate(Endpoint.objects.all(), page).page(EndpointOut.of)


@routes.post("/endpoints", scope="admin", status_code=201, idempotent=True, summary="Add an endpoint")
def make_endpoint(actor: Signed, wish: EndpointIn) -> EndpointWithSecret:
    """The answer shows the secret, this once.

    409 `webhook.too_many`; 422 with `fetch.bad_address`, `fetch.private_address`, `webhook.https_needed`,
    `webhook.type_unknown`, `webhook.types_missing`.
    """
    row, secret = endpoints.make(wish.url, wish.types, wish.description)
    return EndpointWithSecret.made(row, secret)


@routes.get("/endpoints/{endpoint_id}", scope="admin", summary="One endpoint")
def get_endpoint(actor: Signed, endpoint_id: UUID, response: Response) -> EndpointOut:
    """Without its secret."""
    return _tagged(endpoints.get(endpoint_id), response)


@routes.patch("/endpoints/{endpoint_id}", scope="admin", summary="Change an endpoint, or switch it on or off")
def patch_endpoint(
    actor: Signed, endpoint_id: UUID, wish: EndpointEdit, response: Response, if_match: IfMatch = None
) -> EndpointOut:
    """Events that happen while it is off are not kept for it. Problems as with a new one."""
    return _tagged(endpoints.edit(endpoint_id, wish.named(), if_match), response)


@routes.delete("/endpoints/{endpoint_id}", scope="admin", status_code=204, summary="Remove an endpoint")
def remove_endpoint(actor: Signed, endpoint_id: UUID) -> None:
    """With its log; what was on its way is not sent any more."""
    endpoints.remove(endpoint_id)


@routes.post("/endpoints/{endpoint_id}/test", scope="admin", status_code=202, summary="Send a test")
def test_endpoint(actor: Signed, endpoint_id: UUID) -> DeliveryOut:
    """One attempt with an event `webhook.test`, also where the endpoint is off; read the delivery for what came of it."""
    return DeliveryOut.of(endpoints.send_test(endpoint_id))


@routes.post("/endpoints/{endpoint_id}/rotate-secret", scope="admin", summary="Make a new secret")
def rotate_secret(actor: Signed, endpoint_id: UUID) -> EndpointWithSecret:
    """Shown this once. For 24 hours messages carry a signature by the old secret too."""
    return EndpointWithSecret.made(*endpoints.rotate(endpoint_id))


@routes.get("/endpoints/{endpoint_id}/deliveries", scope="admin", summary="What was told there")
def list_deliveries(
    actor: Signed,
    endpoint_id: UUID,
    page: Paging,
    state: DeliveryStateName | None = None,
    type: Annotated[str | None, Query(max_length=60, description="Only events of this type.")] = None,
) -> Page[DeliveryOut]:
    """The newest first."""
    rows = deliveries.log(endpoint_id, state=state, event_type=type)
    return paginate(rows, page).page(DeliveryOut.of)


@routes.post(
    "/endpoints/{endpoint_id}/replay-failed", scope="admin", status_code=202, summary="Send again what failed"
)
def replay_failed(actor: Signed, endpoint_id: UUID, wish: ReplayIn) -> ReplayedOut:
    """At most a thousand at once, oldest first; ask again for more. 409 `webhook.is_disabled`."""
    return ReplayedOut(replayed=deliveries.replay_failed(endpoint_id, wish.since))


@routes.get("/deliveries/{delivery_id}", scope="admin", summary="One delivery with its attempts")
def get_delivery(actor: Signed, delivery_id: UUID) -> DeliveryDetail:
    """With the body, byte for byte."""
    return DeliveryDetail.whole(deliveries.get(delivery_id), deliveries.attempts(delivery_id))


@routes.post("/deliveries/{delivery_id}/replay", scope="admin", status_code=202, summary="Send one again")
def replay_delivery(actor: Signed, delivery_id: UUID) -> DeliveryOut:
    """Under its old `webhook-id`. 409 `webhook.delivery_waiting`, `webhook.is_disabled`."""
    return DeliveryOut.of(deliveries.replay(delivery_id))


def _tagged(row: Endpoint, response: Response) -> EndpointOut:
    response.headers["ETag"] = etag(row.revision)
    return EndpointOut.of(row)
