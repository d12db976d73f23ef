"""``/metrics``, in Prometheus' text format.

Invariant: it is there only for whoever has the operator's own token for it, and needs no database: figures are wanted
most when that is away. Everything in it is a count; no user, problem, source or id.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric

from app.errors import NothingHere, Unauthenticated
from app.service import ServiceDep

router = APIRouter()

_bearer = HTTPBearer(auto_error=False)


@router.get("/metrics", include_in_schema=False)
def get_metrics(
    running: ServiceDep, shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Response:
    """Every figure, for a Prometheus that has the token."""
    token = running.settings.metrics_token.get_secret_value()
    if not token:
        raise NothingHere("Nothing is at /metrics. Its operator opens it with ALLCLOSE_METRICS_TOKEN.")
    if shown is None or not secrets.compare_digest(shown.credentials.encode(errors="replace"), token.encode()):
        raise Unauthenticated("Send the header 'Authorization: Bearer TOKEN' with ALLCLOSE_METRICS_TOKEN's value.")
    return Response(generate_latest(_Plain(running.metrics.registry)), media_type=CONTENT_TYPE_PLAIN_0_0_4)


class _Plain(CollectorRegistry):
    """A registry without the moments at which its series were made, which the text format shows as series too."""

    def __init__(self, registry: CollectorRegistry) -> None:
        super().__init__()
        self._whole = registry

    def collect(self) -> Iterable[Metric]:
        """Every metric."""
        for metric in self._whole.collect():
            metric.samples = [sample for sample in metric.samples if not sample.name.endswith("_created")]
            yield metric
