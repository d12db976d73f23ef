"""Webhooks: other services are told what happened here, signed by Standard Webhooks, at least once."""
