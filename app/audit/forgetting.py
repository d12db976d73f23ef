"""Taking names out of the audit log, when somebody is erased.

Invariant: the only change that is ever made to entries. What was done and when stays, and that one person did it; not
who that was.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.audit.service import ERASED
from app.database.db import new_id


def forget_names(session: Session, user_id: str, named: Collection[str] = ()) -> None:
    """Put a number that leads to nobody in the place of whoever is erased, and nothing in that of what they named.

    Args:
        session: to write to.
        user_id: theirs.
        named: ids of further things whose names hold theirs.
    """
    nobody = new_id()
    theirs = (AuditEntry.actor_id == user_id, AuditEntry.subject_kind == "token")
    about = (AuditEntry.subject_kind == "user", AuditEntry.subject_id == user_id)
    for change in (
        update(AuditEntry).where(AuditEntry.subject_id.in_(named)).values(subject_name=ERASED),
        update(AuditEntry).where(*theirs).values(subject_name=ERASED),
        update(AuditEntry).where(*about).values(subject_id=nobody, subject_name=ERASED),
        update(AuditEntry).where(AuditEntry.actor_id == user_id).values(actor_id=nobody, actor_name=ERASED),
    ):
        session.execute(change.execution_options(synchronize_session=False))
