"""Pages for whoever runs the service: its work, users, webhooks, settings and audit log."""
