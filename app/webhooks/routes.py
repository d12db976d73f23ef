"""The HTTP face of webhooks, for admins. Invariant: a secret is answered to whoever had it made, once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.accounts.dependency import allowed
from app.accounts.rights import Actor, Operation
from app.service import ServiceDep
from app.webhooks import keeping, schemas, service
from app.webhooks.schemas import (
    DeliveryDetail,
    DeliveryList,
    NewWebhook,
    WebhookChange,
    WebhookDetail,
    WebhookList,
    WebhookRequest,
)

router = APIRouter()

_PAGE = 50
_LARGEST_PAGE = 100

Admin = Annotated[Actor, allowed(Operation.MANAGE_WEBHOOKS)]


@router.post("/webhooks", operation_id="create_webhook", status_code=201, summary="Have another service told")
def create_webhook(body: WebhookRequest, actor: Admin, running: ServiceDep) -> NewWebhook:
    """Messages are signed by Standard Webhooks, with a secret that is shown only now."""
    return keeping.make(running, actor, body)


@router.get("/webhooks", operation_id="list_webhooks", summary="List webhooks")
def list_webhooks(_: Admin, running: ServiceDep) -> WebhookList:
    """Every webhook, and whether it works."""
    with running.database.read() as session:
        return WebhookList(items=tuple(schemas.webhook(row) for row in service.every(session)))


@router.get("/webhooks/{webhook_id}", operation_id="get_webhook", summary="Look at one webhook")
def get_webhook(webhook_id: str, _: Admin, running: ServiceDep) -> WebhookDetail:
    """A webhook, and whether it works."""
    with running.database.read() as session:
        return schemas.webhook(service.find(session, webhook_id))


@router.patch("/webhooks/{webhook_id}", operation_id="change_webhook", summary="Change a webhook")
def change_webhook(webhook_id: str, body: WebhookChange, actor: Admin, running: ServiceDep) -> WebhookDetail:
    """What is pending goes to the new address; what is pending when it is disabled is given up."""
    return keeping.change(running, actor, webhook_id, body)


@router.delete("/webhooks/{webhook_id}", operation_id="delete_webhook", status_code=204, summary="Delete a webhook")
def delete_webhook(webhook_id: str, actor: Admin, running: ServiceDep) -> Response:
    """What is pending is not sent any more, and what was sent is forgotten here."""
    keeping.delete(running, actor, webhook_id)
    return Response(status_code=204)


@router.post(
    "/webhooks/{webhook_id}/secret", operation_id="rotate_webhook_secret", status_code=201, summary="Make a new secret"
)
def rotate_webhook_secret(webhook_id: str, actor: Admin, running: ServiceDep) -> NewWebhook:
    """The secret before this one goes on signing for a day; one that was replaced before that stops now."""
    return keeping.rotate(running, actor, webhook_id)


@router.post("/webhooks/{webhook_id}/test", operation_id="test_webhook", status_code=202, summary="Try a webhook")
def test_webhook(webhook_id: str, actor: Admin, running: ServiceDep, response: Response) -> DeliveryDetail:
    """Queue a message ``webhook.test``; the deliveries say what became of it."""
    queued = keeping.test(running, actor, webhook_id)
    response.headers["Location"] = f"/api/v1/webhooks/{webhook_id}/deliveries"
    return queued


@router.get(
    "/webhooks/{webhook_id}/deliveries", operation_id="list_deliveries", summary="List deliveries, newest first"
)
def list_deliveries(
    webhook_id: str,
    _: Admin,
    running: ServiceDep,
    before: Annotated[str | None, Query(description="Only deliveries older than this id.", max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=_LARGEST_PAGE)] = _PAGE,
) -> DeliveryList:
    """A page of what was sent or is to be. What is finished is kept for a week."""
    with running.database.read() as session:
        rows = service.page(session, webhook_id, before, limit + 1)
        items = tuple(schemas.delivery(row) for row in rows[:limit])
    more = len(rows) > limit
    here = f"/api/v1/webhooks/{webhook_id}/deliveries"
    return DeliveryList(items=items, next=f"{here}?before={items[-1].id}&limit={limit}" if more else None)
