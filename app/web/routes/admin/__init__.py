"""Pages for whoever runs the service: its work, users, webhooks, settings and audit log."""

from __future__ import annotations

from app.web.routes.admin import audit, settings, users, webhooks, work

ROUTERS = (work.router, users.router, webhooks.router, settings.router, audit.router)
