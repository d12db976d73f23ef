"""What goes into the API about webhooks and what comes out.

Invariant: no secret comes out, but in the answer to whoever has just had it made.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from app.http.bodies import Input, Output
from app.webhooks.models import Delivery, Webhook
from app.webhooks.outbox import EventType

State = Literal["pending", "delivered", "failed"]
Url = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[\x21-\x7e]+$")]
Description = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Events = Annotated[frozenset[EventType], Field(min_length=1, description="What it is told of.")]


class WebhookRequest(Input):
    """A webhook to make."""

    url: Url = Field(description="Where messages are posted to. A host of another alphabet is written in punycode.")
    description: Description = Field(default="", description="What it is for, in your own words.")
    events: Events = frozenset(EventType)


class WebhookChange(Input):
    """What is to change of a webhook; what is left out stays."""

    url: Url | None = None
    description: Description | None = None
    events: Events | None = None
    disabled: bool | None = Field(
        default=None, description="Whether nothing is sent; what is pending when it is disabled is given up."
    )


class WebhookDetail(Output):
    """A webhook, without its secret.

    Attributes:
        disabled_because: why the service disabled it; None if it is not disabled, or an admin did it.
        failing_since: since when every try has failed; None if the last one succeeded.
        failures: how many these are.
        old_secret_until: how long the secret before this one signs too; None if there is none.
    """

    id: str
    url: str
    description: str
    events: tuple[EventType, ...]
    created_at: datetime
    disabled_at: datetime | None
    disabled_because: str | None
    failing_since: datetime | None
    failures: int
    old_secret_until: datetime | None


class NewWebhook(WebhookDetail):
    """A webhook whose secret was just made. ``secret`` is shown only now."""

    secret: str


class WebhookList(Output):
    """Every webhook, oldest first."""

    items: tuple[WebhookDetail, ...]


class DeliveryDetail(Output):
    """One message for one webhook.

    Attributes:
        event_id: the ``webhook-id`` that it is sent with.
        next_at: when it is sent next; None if it has been delivered or given up.
        status: HTTP status of the last answer; None if there was none.
        error: why the last try failed, or why it was given up.
        message: what is sent.
    """

    id: str
    event_id: str
    type: str
    state: State
    tries: int
    created_at: datetime
    next_at: datetime | None
    finished_at: datetime | None
    status: int | None
    error: str | None
    message: dict[str, Any]


class DeliveryList(Output):
    """A page of deliveries, newest first. ``next`` is the address of the next page, None on the last."""

    items: tuple[DeliveryDetail, ...]
    next: str | None


def webhook(row: Webhook) -> WebhookDetail:
    """A webhook as it is sent."""
    return WebhookDetail(**_shown(row))


def new_webhook(row: Webhook, secret: str) -> NewWebhook:
    """A webhook with its secret, as it is sent once."""
    return NewWebhook(**_shown(row), secret=secret)


def delivery(row: Delivery) -> DeliveryDetail:
    """A delivery as it is sent."""
    same = ("id", "event_id", "type", "state", "tries", "created_at", "finished_at", "status", "error")
    return DeliveryDetail(
        **{name: getattr(row, name) for name in same},
        next_at=row.not_before if row.state == "pending" else None,
        message=json.loads(row.body),
    )


def _shown(row: Webhook) -> dict[str, Any]:
    left_out = {"events"}
    shown = {name: getattr(row, name) for name in WebhookDetail.model_fields if name not in left_out}
    return {**shown, "events": tuple(event for event in EventType if event in row.events)}
