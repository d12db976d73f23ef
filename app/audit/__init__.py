"""The audit log: who changed what about others, and about what opens the service."""
