"""Attempts: submissions that are kept, queued, judged and answered for."""
