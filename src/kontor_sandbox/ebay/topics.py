"""The topics of the Notification API that the sandbox knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kontor_sandbox.ebay.operations import BASE_SCOPE


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic; USER topics are subscribed with a seller's token, APPLICATION topics with the application's."""

    id: str
    scope: str
    context: str
    description: str
    needs: str

    def wire(self) -> dict[str, Any]:
        """As the API shows it."""
        return {
            "topicId": self.id,
            "description": self.description,
            "authorizationScopes": [self.needs],
            "context": self.context,
            "scope": self.scope,
            "filterable": False,
            "status": "ENABLED",
            "supportedPayloads": [
                {"format": ["JSON"], "schemaVersion": "1.0", "deliveryProtocol": "HTTPS", "deprecated": False}
            ],
        }


def _user(topic_id: str, scope: str, description: str) -> Topic:
    return Topic(topic_id, "USER", "SELL", description, f"{BASE_SCOPE}/{scope}")


def _application(topic_id: str, context: str, description: str) -> Topic:
    return Topic(topic_id, "APPLICATION", context, description, BASE_SCOPE)


TOPICS = {
    topic.id: topic
    for topic in (
        _application("MARKETPLACE_ACCOUNT_DELETION", "COMMERCE", "A user's account was deleted."),
        _application("AUTHORIZATION_REVOCATION", "COMMERCE", "A user took consent back."),
        _application("ITEM_AVAILABILITY", "BUY", "Whether an item can be bought changed."),
        _application("ITEM_PRICE_REVISION", "BUY", "The price of an item changed."),
        _application("PRIORITY_LISTING_REVISION", "BUY", "An item of priority changed."),
        _user("ORDER_CONFIRMATION", "sell.fulfillment", "A line of an order was bought and paid."),
        _user("ITEM_MARKED_SHIPPED", "sell.fulfillment", "A line of an order was marked as shipped."),
        _user("PLA_CAMPAIGN_BUDGET_STATUS", "sell.marketing", "A campaign's budget changed."),
        _user(
            "SELLER_STANDARDS_PROFILE_METRICS", "sell.analytics.readonly", "The seller's standards changed."
        ),
        _user(
            "SELLER_CUSTOMER_SERVICE_METRIC_RATING", "sell.analytics.readonly", "The service rating changed."
        ),
        _user("FEEDBACK_RECEIVED", "sell.fulfillment", "A buyer left feedback."),
        _user("FEEDBACK_LEFT", "sell.fulfillment", "The seller left feedback."),
        _user("BUYER_QUESTION", "sell.fulfillment", "A buyer asked something."),
        _user("NEW_MESSAGE", "sell.fulfillment", "A message arrived."),
        _user("LISTING_PREVIEW_CREATION_TASK_STATUS", "sell.inventory", "A listing preview is ready."),
    )
}
