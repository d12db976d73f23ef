"""Every table of the service, in one place for migrations.

Invariant: a module that defines tables is imported here, so ``metadata`` is the whole schema.
"""

from __future__ import annotations

from app.accounts import models as accounts
from app.attempts import events
from app.attempts import models as attempts
from app.database.blobs import Blob
from app.database.db import Base
from app.oidc import models as oidc
from app.problems import tables as problems
from app.progress import models as progress
from app.tokens import models as tokens

__all__ = ["Blob", "accounts", "attempts", "events", "metadata", "oidc", "problems", "progress", "tokens"]

metadata = Base.metadata
