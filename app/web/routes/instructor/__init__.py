"""Pages for whoever teaches: problems and their versions, uploads, everybody's attempts, rejudgings."""

from __future__ import annotations

from app.web.routes.instructor import attempts, problems, rejudgings, uploads

#: Where archives are sent to, which may be longer than other forms.
UPLOADS = problems.UPLOADS
ROUTERS = (problems.router, uploads.router, attempts.router, rejudgings.router)
