"""Every table of the service, in one place for migrations.

Invariant: a module that defines tables is imported here, so ``metadata`` is the whole schema.
"""

from __future__ import annotations

from app.accounts import models as accounts
from app.attempts import events, programs
from app.attempts import models as attempts
from app.audit import models as audit
from app.database.blobs import Blob
from app.database.db import Base
from app.engine import workers
from app.oidc import models as oidc
from app.problems import tables as problems
from app.problems.uploads import models as uploads
from app.progress import models as progress
from app.rejudge import models as rejudge
from app.tokens import models as tokens
from app.webhooks import models as webhooks

__all__ = [
    "Blob",
    "accounts",
    "attempts",
    "audit",
    "events",
    "metadata",
    "oidc",
    "problems",
    "programs",
    "progress",
    "rejudge",
    "tokens",
    "uploads",
    "webhooks",
    "workers",
]

metadata = Base.metadata
