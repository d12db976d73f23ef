"""What a job passes through: tracing or calling, vetting, evaluating, and reading what the children say."""
