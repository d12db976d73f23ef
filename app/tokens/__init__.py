"""API tokens: how programs, and people who do not sign in, are known."""
