"""Pushes: configuration, destination, subscriptions. Polling stays the truth; a push only shortens the wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kontor.channels.contract.capabilities import NotAuthentic, Notifies
from kontor.channels.contract.errors import AlreadyThere, Gone, Rejected, SetupNeeded
from kontor.channels.contract.transport import Answer
from kontor.channels.contract.values import Notification
from kontor.channels.ebay import webhooks
from kontor.channels.ebay.connector.calls import (
    IDENTITY,
    NOTIFICATION,
    Calls,
    id_from_location,
    query_of_next,
    segment,
)
from kontor.channels.ebay.wire import notification as wire
from kontor.channels.ebay.wire.account import User
from kontor.channels.ebay.wire.base import Sent, read

#: What Kontor wants to hear of; eBay offers several of them to selected applications only.
TOPICS: Final = (
    "ORDER_CONFIRMATION",
    "ITEM_MARKED_SHIPPED",
    "ITEM_AVAILABILITY",
    "AUTHORIZATION_REVOCATION",
    "MARKETPLACE_ACCOUNT_DELETION",
)
ALERT_EMAIL_SETTING: Final = "alert_email"
DESTINATION_NAME: Final = "Kontor"
_PAGE: Final = "100"

_KEYS: Final = webhooks.KeyCache()


class Notifications(Calls, Notifies):
    """Configuration and destination belong to the application, topics of scope USER to the seller."""

    def subscribe(self, endpoint: str, verification_token: str) -> tuple[str, ...]:
        self._ensure_alert_email()
        destination = self._ensure_destination(endpoint, verification_token)
        offered = self._topics()
        in_force: list[str] = []
        for topic_id in TOPICS:
            topic = offered.get(topic_id)
            if topic is not None and self._ensure_subscription(topic, destination):
                in_force.append(topic_id)
        return tuple(in_force)

    def verify(self, headers: Mapping[str, str], body: bytes) -> Notification:
        signature = webhooks.signature_of(headers)
        key = _KEYS.get(signature.kid, lambda: self._public_key(signature.kid))
        webhooks.check(signature, key, body)
        return webhooks.notification_of(body)

    def _public_key(self, key_id: str) -> wire.PublicKey:
        try:
            return read(wire.PublicKey, self._call("GET", f"public_key/{segment(key_id)}"))
        except (Gone, Rejected) as error:
            raise NotAuthentic("eBay does not know the key that signed this push") from error

    def _ensure_alert_email(self) -> None:
        try:
            if read(wire.ConfigRead, self._call("GET", "config")).alertEmail:
                return
        except (Gone, SetupNeeded):
            pass  # 195026 or 195003: there is none yet
        email = self._http.settings.get(ALERT_EMAIL_SETTING, "") or self._holder_email()
        if not email:
            raise SetupNeeded("eBay wants an e-mail address for alerts", what="notifications.email")
        self._call("PUT", "config", wire.Config(alertEmail=email))

    def _holder_email(self) -> str:
        answer = self._http.request("GET", f"{IDENTITY}/user/", host="apiz", resource="identity")
        return read(User, answer).email

    def _ensure_destination(self, endpoint: str, verification_token: str) -> str:
        delivery = wire.DeliveryConfig(endpoint=endpoint, verificationToken=verification_token)
        body = wire.Destination(name=DESTINATION_NAME, deliveryConfig=delivery)
        known = self._find_destination(endpoint)
        if known is None:
            try:
                return id_from_location(self._call("POST", "destination", body))
            except AlreadyThere:  # 195021: another worker was faster
                known = self._find_destination(endpoint)
                if known is None:
                    raise
        if known.status != "ENABLED" or known.deliveryConfig.verificationToken != verification_token:
            # MARKED_DOWN is eBay's own word for an address that did not answer: enabling it asks anew.
            self._call("PUT", f"destination/{segment(known.destinationId)}", body)
        return known.destinationId

    def _find_destination(self, endpoint: str) -> wire.DestinationRead | None:
        for answer in self._pages("destination"):
            for each in read(wire.DestinationsPage, answer).destinations:
                if each.deliveryConfig.endpoint == endpoint:
                    return each
        return None

    def _topics(self) -> dict[str, wire.TopicRead]:
        return {
            topic.topicId: topic
            for answer in self._pages("topic")
            for topic in read(wire.TopicsPage, answer).topics
            if topic.status in {"", "ENABLED"}
        }

    def _ensure_subscription(self, topic: wire.TopicRead, destination: str) -> bool:
        """True where the topic is in force afterwards; False where eBay keeps it from this application."""
        versions = [payload.schemaVersion for payload in topic.supportedPayloads if not payload.deprecated]
        payload = wire.Payload(schemaVersion=max(versions, default="1.0"))
        body = wire.Subscription(topicId=topic.topicId, destinationId=destination, payload=payload)
        application = topic.scope == "APPLICATION"
        known = self._find_subscription(topic.topicId, destination, application=application)
        try:
            if known is None:
                self._call("POST", "subscription", body, application=application)
            elif known.status != "ENABLED":
                path = f"subscription/{segment(known.subscriptionId)}/enable"
                self._call("POST", path, application=application)
        except AlreadyThere:
            return True
        except Rejected:
            return False
        return True

    def _find_subscription(
        self, topic_id: str, destination: str, *, application: bool
    ) -> wire.SubscriptionRead | None:
        for answer in self._pages("subscription", application=application):
            for each in read(wire.SubscriptionsPage, answer).subscriptions:
                if each.topicId == topic_id and each.destinationId in {"", destination}:
                    return each
        return None

    def _pages(self, path: str, *, application: bool = True) -> Iterator[Answer]:
        """Lists here go on by continuation token, with a limit of 10 to 100."""
        params = {"limit": _PAGE}
        seen: set[str] = set()
        while True:
            answer = self._call("GET", path, params=params, application=application)
            yield answer
            token = query_of_next(_next(answer)).get("continuation_token", "")
            if not token or token in seen:
                return
            seen.add(token)
            params = {"limit": _PAGE, "continuation_token": token}

    def _call(
        self,
        method: str,
        path: str,
        body: Sent | None = None,
        *,
        params: Mapping[str, str] | None = None,
        application: bool = True,
    ) -> Answer:
        json: Any = body.body() if body is not None else {} if method == "POST" else None
        return self._http.request(
            method,
            f"{NOTIFICATION}/{path}",
            resource="notification",
            params=params,
            json=json,
            as_application=application,
        )


def _next(answer: Answer) -> str:
    return read(wire.DestinationsPage, answer).next
