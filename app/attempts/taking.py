"""Taking a submission, and taking it back, for a client of the API or for somebody at a page.

Invariant: the engine is called only after the transaction that holds the attempt has been committed.
"""

from __future__ import annotations

import structlog

from app.accounts.rights import Actor, Operation
from app.attempts import admission, delivery, schemas, service
from app.attempts.schemas import Progress
from app.attempts.waiting import waiting
from app.problems import store
from app.progress import prerequisites
from app.service import Service

log = structlog.get_logger()


def take(running: Service, actor: Actor, sent: service.Submitted, key: str | None = None) -> Progress:
    """Queue what somebody sent, or find what an earlier request with the same key has made of it.

    Args:
        running: the service.
        actor: whose it is.
        sent: the submission.
        key: by which the same request is known when it is repeated.

    Raises:
        ServiceError: it is not taken now; see ``admission`` and ``prerequisites``.
    """
    # Instructors may see hidden problems, and attempt any without what comes before it.
    everything = actor.may(Operation.READ_ALL_PROBLEMS)
    with running.database.read() as session:
        version = store.current(session, sent.slug, everything=everything).id
    problem = running.workplace.published(version).problem
    with running.database.write() as session:
        attempt = admission.earlier(session, actor.user_id, key, sent)
        repeated = attempt is not None
        if attempt is None:
            admission.check(session, actor.user_id, sent, problem.attempts, running.settings.submissions_in_flight)
            if sent.kind == "grade" and not everything:
                prerequisites.check(session, actor.user_id, sent.slug)
            # Runs call the function on the CPU, whatever its attempts are evaluated on.
            queue = problem.device if sent.kind == "grade" else "cpu"
            attempt = service.submit(session, actor.user_id, sent, key, queue, everything=everything)
        queued = schemas.progress(attempt, waiting(session, attempt))
    if not repeated:
        running.engine.notify()
        log.info("attempt.submitted", attempt=queued.id, user=actor.user_id, kind=sent.kind, problem=queued.problem)
    return queued


def take_back(running: Service, actor: Actor, kind: service.Kind, attempt_id: str) -> Progress:
    """End an attempt or run of an actor's before it is done.

    Raises:
        AttemptNotFound: they have no such attempt; RunNotFound for runs.
        AlreadyDone: it has ended by itself.
    """
    with running.database.write() as session:
        cancelled = schemas.progress(service.cancel(session, kind, attempt_id, actor.user_id))
        ended = delivery.endings(session, [attempt_id])
    running.metrics.ended(ended)
    running.streams.wake(attempt_id)
    log.info("attempt.cancelled", attempt=attempt_id, user=actor.user_id)
    return cancelled
