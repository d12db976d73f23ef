"""Engines: what brings a queued attempt to a worker."""
