"""Making a folder into a published problem: everything that runs once per version, in the sandbox."""
