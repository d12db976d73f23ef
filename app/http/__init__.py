"""What every request passes through: limits and headers, problem+json for errors, health."""
