"""What pages show of somebody's attempts: which of them, how one compares with another, and what is taken home.

Invariant: attempts come as ``app.attempts.service`` gives them, to whoever may see them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.accounts.rights import Actor, Operation
from app.attempts import schemas, service, verdicts
from app.attempts.schemas import AttemptDetail
from app.attempts.waiting import waiting
from app.problems import store
from app.problems.tables import ServedProblem

#: How many earlier attempts at a problem an attempt can be compared with.
_NEAR = 20


def reader(actor: Actor) -> str | None:
    """Whose attempts an actor may look at: their own, or None for everybody's."""
    return None if actor.may(Operation.READ_ALL_ATTEMPTS) else actor.user_id


def detail(session: Session, actor: Actor, attempt_id: str) -> AttemptDetail:
    """One graded attempt, whole, with its place in the queue.

    Raises:
        AttemptNotFound: there is none that the actor may look at.
    """
    attempt = service.find(session, "grade", attempt_id, reader(actor))
    return schemas.attempt_detail(attempt, waiting(session, attempt), verdicts.earlier(session, attempt_id))


def others(session: Session, attempt: AttemptDetail, user_id: str) -> Sequence[schemas.Progress]:
    """The latest other attempts of a user's at the same problem."""
    rows = service.page(session, user_id, None, _NEAR + 1, attempt.problem)
    return [schemas.progress(row) for row in rows if row.id != attempt.id][:_NEAR]


def served(session: Session, slug: str, *, everything: bool) -> ServedProblem | None:
    """How a problem is served now; None if it is not, or not to this reader."""
    row = store.known(session, slug)
    return None if row is None or row.version is None or (row.visibility == "hidden" and not everything) else row


def notebook(attempt: AttemptDetail, title: str) -> str:
    """An attempt as a Jupyter notebook (format 4.5, https://nbformat.readthedocs.io)."""
    about = f"# {title}\n\nAttempt `{attempt.id}` at `{attempt.problem}`, version {attempt.problem_version}."
    cells = [
        {"cell_type": "markdown", "id": "about", "metadata": {}, "source": about},
        {
            "cell_type": "code",
            "id": "source",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": attempt.source,
        },
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells}, indent=1)
