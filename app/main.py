"""The web application.

Invariant: importing this module does nothing; ``create_app`` only wires, and everything is opened when the application
starts and closed when it stops.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware

from app.accounts import administration
from app.accounts import routes as accounts
from app.attempts import routes as attempts
from app.audit import routes as audit
from app.engine import routes as engine
from app.http import health, problem_details
from app.http.middleware import BodyLimit, Prefix, SecurityHeaders
from app.http.requests import RequestId
from app.metrics import routes as metrics
from app.metrics.requests import Measured
from app.oidc import routes as oidc
from app.personal import routes as personal
from app.pipeline import Pipeline
from app.problems import routes as problems
from app.problems.uploads import routes as uploads
from app.progress import routes as progress
from app.rejudge import routes as rejudge
from app.service import Service, open_service
from app.settings import Settings
from app.web import errors as pages
from app.web.routes import account, admin, catalogue, entrance, history, instructor, problem, static
from app.webhooks import routes as webhooks
from sandbox.jobs import Sandbox

_API = "/api/v1"
#: Everything under ``/api/v1``, with the name under which it is described.
ROUTERS = (
    (problems.router, "problems"),
    (uploads.router, "problems"),
    (progress.router, "problems"),
    (attempts.router, "attempts"),
    (accounts.public, "accounts"),
    (accounts.router, "accounts"),
    (administration.router, "accounts"),
    (oidc.public, "accounts"),
    (oidc.router, "accounts"),
    (personal.router, "accounts"),
    (engine.router, "operation"),
    (webhooks.router, "webhooks"),
    (rejudge.router, "rejudgings"),
    (audit.router, "operation"),
)

#: Pages and what they load, at the addresses that they name themselves.
PAGES = (
    catalogue.router,
    entrance.router,
    problem.router,
    history.router,
    account.router,
    *instructor.ROUTERS,
    *admin.ROUTERS,
    static.router,
)


def create_app(
    settings: Settings,
    sandbox: Sandbox | None = None,
    *,
    pipeline: Pipeline | None = None,
    service: Service | None = None,
) -> FastAPI:
    """The application, not yet started.

    Args:
        settings: the operator's.
        sandbox: used instead of the local one.
        pipeline: used instead of the real one.
        service: already open, and closed by whoever opened it; otherwise the application opens its own when it starts.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with nullcontext(service) if service else open_service(settings, sandbox, pipeline) as running:
            app.state.service = running
            yield

    app = FastAPI(
        title="allclose",
        summary="An autograder for JAX exercises that judges the program, not the process.",
        version=version("allclose"),
        lifespan=lifespan,
        # The built-in pages load scripts from elsewhere, beside a field for the token.
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(RequestId),
            Middleware(Measured),
            Middleware(SecurityHeaders),
            Middleware(Prefix, url=settings.public_url),
            Middleware(
                BodyLimit,
                limit=settings.max_body,
                uploads=dict.fromkeys((f"{_API}{uploads.PLACE}", instructor.UPLOADS), settings.max_upload),
            ),
        ],
        responses=problem_details.RESPONSES,
    )
    problem_details.install(app, "GET / says where to go.")
    pages.install(app)
    for router, tag in ROUTERS:
        # One level of inclusion: FastAPI builds every route anew on each.
        app.include_router(router, prefix=_API, tags=[tag])
    for router in PAGES:
        app.include_router(router)
    app.include_router(health.router, tags=["service"])
    app.include_router(health.probes, tags=["service"])
    app.include_router(metrics.router)
    return app


def create_probes(service: Service) -> FastAPI:
    """What a process that only judges answers: whether it lives and can work, and its figures. ``service`` is open."""
    app = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, middleware=[Middleware(RequestId), Middleware(SecurityHeaders)]
    )
    app.state.service = service
    problem_details.install(app, "GET /healthz, /readyz and /metrics are all there is.")
    app.include_router(health.probes)
    app.include_router(metrics.router)
    return app
