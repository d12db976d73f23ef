"""Commands that talk to a server: signing in there, and what learners do with their attempts."""
