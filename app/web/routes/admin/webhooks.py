"""Webhooks: other services that are told of what happens here.

Invariant: a secret is on the page that answers whoever had it made, and nowhere else.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from pydantic import ValidationError

from app.accounts.rights import Actor, Operation
from app.errors import ServiceError
from app.service import Service, ServiceDep
from app.web import markup
from app.web.doing import PAGE, Before, do
from app.web.errors import readable
from app.web.rendering import render, url
from app.web.strings import t
from app.web.visitors import needs
from app.webhooks import keeping, schemas, service
from app.webhooks.outbox import EventType
from app.webhooks.schemas import WebhookChange, WebhookRequest

router = APIRouter()

Admin = Annotated[Actor, needs(Operation.MANAGE_WEBHOOKS)]

PATH = "/admin/webhooks"


@router.get(PATH, include_in_schema=False)
def list_webhooks(request: Request, running: ServiceDep, _: Admin) -> Response:
    """Every webhook, and the form for another."""
    return _listed(request, running)


@router.post(PATH, include_in_schema=False)
def make_webhook(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    running: ServiceDep,
    actor: Admin,
    events: Annotated[tuple[str, ...], Form(max_length=20)] = (),
    address: Annotated[str, Form(alias="url", max_length=2000)] = "",
    description: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Have another service told, and show the secret that messages are signed with."""
    typed = {"url": address, "description": description, "events": events}
    try:
        wanted = WebhookRequest.model_validate(typed | {"url": address.strip(), "events": frozenset(events)})
        made = keeping.make(running, actor, wanted)
    except ValidationError:
        return _listed(request, running, 422, refused=t("webhook-invalid"), typed=typed)
    except ServiceError as error:
        return _listed(request, running, error.status, refused=readable(error.detail), typed=typed)
    return _listed(request, running, secret=made.secret)


@router.get(PATH + "/{webhook_id}", include_in_schema=False)
def show_webhook(webhook_id: str, request: Request, running: ServiceDep, _: Admin, before: Before = None) -> Response:
    """One webhook, and what was sent."""
    return _shown(request, running, webhook_id, before)


@router.post(PATH + "/{webhook_id}/test", include_in_schema=False)
def test_webhook(webhook_id: str, request: Request, running: ServiceDep, actor: Admin) -> Response:
    """Queue a message that only tells that it arrives."""
    work = partial(keeping.test, running, actor, webhook_id)
    return do(request, work, f"{PATH}/{webhook_id}", "flash-webhook-tested")


@router.post(PATH + "/{webhook_id}/disabled", include_in_schema=False)
def disable_webhook(
    webhook_id: str,
    request: Request,
    running: ServiceDep,
    actor: Admin,
    disabled: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Send nothing to it any more, or again."""
    work = partial(keeping.change, running, actor, webhook_id, WebhookChange(disabled=bool(disabled)))
    said = "flash-webhook-disabled" if disabled else "flash-webhook-enabled"
    return do(request, work, f"{PATH}/{webhook_id}", said)


@router.post(PATH + "/{webhook_id}/secret", include_in_schema=False)
def rotate_secret(webhook_id: str, request: Request, running: ServiceDep, actor: Admin) -> Response:
    """Make a new secret, and show it."""
    made = keeping.rotate(running, actor, webhook_id)
    return _shown(request, running, webhook_id, None, made.secret)


@router.post(PATH + "/{webhook_id}/delete", include_in_schema=False)
def delete_webhook(webhook_id: str, request: Request, running: ServiceDep, actor: Admin) -> Response:
    """Remove it with what was sent."""
    return do(request, partial(keeping.delete, running, actor, webhook_id), PATH, "flash-webhook-deleted")


def _listed(request: Request, running: Service, status: int = 200, **more: Any) -> Response:
    with running.database.read() as session:
        items = [schemas.webhook(row) for row in service.every(session)]
    empty = {"url": "", "description": "", "events": [event.value for event in EventType]}
    context: dict[str, Any] = {"items": items, "typed": empty, "refused": "", "secret": None}
    events = [event.value for event in EventType]
    return render(request, "admin/webhooks.html", status=status, events=events, code=markup.code, **context | more)


def _shown(
    request: Request, running: Service, webhook_id: str, before: str | None, secret: str | None = None
) -> Response:
    with running.database.read() as session:
        hook = schemas.webhook(service.find(session, webhook_id))
        rows = service.page(session, webhook_id, before, PAGE + 1)
        items = [schemas.delivery(row) for row in rows[:PAGE]]
    here = partial(url, request, PATH, hook.id)
    return render(
        request,
        "admin/webhook.html",
        hook=hook,
        items=items,
        secret=secret,
        code=markup.code,
        newest=here() if before else None,
        next=here(before=items[-1].id) if len(rows) > PAGE else None,
    )
