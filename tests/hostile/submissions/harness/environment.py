# verdicts: runtime_error
# always
# Variables with a secret in them.
import os

FOUND = {name: value for name, value in os.environ.items() if "ALLCLOSE" in name or "TOKEN" in name or "KEY" in name}
FOUND |= {name: os.environ[name] for name in ("PATH", "USER", "SSH_AUTH_SOCK", "DATABASE_URL") if os.environ.get(name)}
assert "USER" in FOUND or any("ALLCLOSE" in name or "TOKEN" in name for name in FOUND)


def solve(x, y):
    return x
