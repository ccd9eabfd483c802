"""Notification API: where pushes go, what they are about, and how they are signed."""

from __future__ import annotations

from typing import Any, Literal

from kontor.channels.ebay.wire.base import Received, Sent


class Config(Sent):
    alertEmail: str


class DeliveryConfig(Sent):
    endpoint: str
    verificationToken: str


class Destination(Sent):
    name: str
    deliveryConfig: DeliveryConfig
    status: Literal["ENABLED"] = "ENABLED"


class Payload(Sent):
    schemaVersion: str
    format: Literal["JSON"] = "JSON"
    deliveryProtocol: Literal["HTTPS"] = "HTTPS"


class Subscription(Sent):
    topicId: str
    destinationId: str
    payload: Payload
    status: Literal["ENABLED"] = "ENABLED"


class ConfigRead(Received):
    alertEmail: str = ""


class DeliveryConfigRead(Received):
    endpoint: str = ""
    verificationToken: str = ""


class DestinationRead(Received):
    destinationId: str = ""
    status: str = ""
    deliveryConfig: DeliveryConfigRead = DeliveryConfigRead()


class DestinationsPage(Received):
    destinations: tuple[DestinationRead, ...] = ()
    next: str = ""


class PayloadRead(Received):
    schemaVersion: str = ""
    deprecated: bool = False


class TopicRead(Received):
    topicId: str = ""
    scope: str = ""
    status: str = ""
    supportedPayloads: tuple[PayloadRead, ...] = ()


class TopicsPage(Received):
    topics: tuple[TopicRead, ...] = ()
    next: str = ""


class SubscriptionRead(Received):
    subscriptionId: str = ""
    topicId: str = ""
    destinationId: str = ""
    status: str = ""


class SubscriptionsPage(Received):
    subscriptions: tuple[SubscriptionRead, ...] = ()
    next: str = ""


class PublicKey(Received):
    key: str = ""
    algorithm: str = ""
    digest: str = ""


class Signature(Received):
    """What `X-EBAY-SIGNATURE` holds, base64-encoded JSON."""

    alg: str = ""
    kid: str = ""
    signature: str = ""
    digest: str = ""


class PushMetadata(Received):
    topic: str = ""


class PushNotification(Received):
    notificationId: str = ""
    eventDate: str = ""
    data: dict[str, Any] = {}


class Push(Received):
    metadata: PushMetadata = PushMetadata()
    notification: PushNotification = PushNotification()
