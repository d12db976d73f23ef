"""What is counted while the service works: attempts that end, faults, requests.

Invariant: an instrument belongs to one application and never to the process, so that two of them in one process count
apart. Labels take values from lists that nobody outside can make longer: no path, name or id that somebody has sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.process_collector import ProcessCollector

from app.attempts.delivery import Ended
from app.attempts.models import NO_OUTCOME
from app.judge.verdict import Verdict

KINDS = ("grade", "run")
#: Verdict of a run on the learner's own inputs in which nothing went wrong.
NO_VERDICT = "none"

#: Upper bounds in seconds. A verdict takes a fraction of a second, a queue before a deadline many minutes.
_ATTEMPT_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0)
_REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The counters and histograms of one application. Safe to use from several threads.

    Attributes:
        registry: where they are collected from, and where what is read when it is asked for is registered too.
    """

    def __init__(self) -> None:
        """Start at zero."""
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._ended = Counter(
            "allclose_attempts_ended",
            "Attempts and runs that have ended, by verdict.",
            ("kind", "verdict"),
            registry=registry,
        )
        self._dead = Counter(
            "allclose_attempts_dead",
            "Attempts and runs given up as internal_error after their last try.",
            ("kind",),
            registry=registry,
        )
        self._stalled = Counter(
            "allclose_attempts_stalled",
            "Attempts and runs that were found running although whoever held them had died.",
            registry=registry,
        )
        self._faults = Counter(
            "allclose_attempt_faults",
            "Tries that a fault of the service ended.",
            registry=registry,
        )
        self._waiting, self._judging, self._whole = (
            Histogram(
                f"allclose_attempt_{name}_seconds",
                f"{says}, of attempts and runs that ended with an outcome of their own.",
                ("kind",),
                buckets=_ATTEMPT_BUCKETS,
                registry=registry,
            )
            for name, says in (
                ("waiting", "From submission to the start of the try that ended it"),
                ("judging", "From the start of that try to its end"),
                ("whole", "From submission to the end"),
            )
        )
        self._requests = Histogram(
            "allclose_http_request_duration_seconds",
            "HTTP requests until their response began, by the template of their route.",
            ("route", "method", "status"),
            buckets=_REQUEST_BUCKETS,
            registry=registry,
        )
        # A series that appears with its first event has no increase to alert on.
        for kind in KINDS:
            for verdict in (*get_args(Verdict), *((NO_VERDICT,) if kind == "run" else ())):
                self._ended.labels(kind, verdict)
            self._dead.labels(kind)
            for each in (self._waiting, self._judging, self._whole):
                each.labels(kind)

    def ended(self, attempts: Iterable[Ended]) -> None:
        """Count attempts that have ended, once the transaction that ended them is committed."""
        for attempt in attempts:
            self._ended.labels(attempt.kind, attempt.verdict or NO_VERDICT).inc()
            if attempt.verdict == "internal_error":
                self._dead.labels(attempt.kind).inc()
            if attempt.verdict in NO_OUTCOME or attempt.started_at is None:
                continue
            for histogram, start, end in (
                (self._waiting, attempt.created_at, attempt.started_at),
                (self._judging, attempt.started_at, attempt.finished_at),
                (self._whole, attempt.created_at, attempt.finished_at),
            ):
                histogram.labels(attempt.kind).observe(_seconds(start, end))

    def stalled(self, attempts: int) -> None:
        """Count attempts whose holder has died."""
        self._stalled.inc(attempts)

    def fault(self) -> None:
        """Count a try that a fault of ours ended."""
        self._faults.inc()

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request to ``route``, the template of a path, whose response began after so many seconds."""
        known = method if method in _METHODS else "other"
        self._requests.labels(route, known, str(status)).observe(seconds)


def _seconds(start: datetime, end: datetime) -> float:
    """Between two moments of clocks that may have been set meanwhile, or are two machines'."""
    return max((end - start).total_seconds(), 0.0)
