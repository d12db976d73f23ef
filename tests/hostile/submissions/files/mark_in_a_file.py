# verdicts: runtime_error, sandbox_violation
# always
# Leaves a mark wherever a file could be, and looks for one of the job before.
import os

FOLDERS = ("/", "/tmp", "/var/tmp", "/dev", "/dev/shm", "/dev/mqueue", "/run", "/run/lock", os.path.expanduser("~"))
WON = [os.path.exists(f"{folder}/allclose-hostile") for folder in FOLDERS]
for folder in FOLDERS:
    try:
        open(f"{folder}/allclose-hostile", "w").close()
    except OSError:
        continue
assert any(WON)


def solve(x, y):
    import jax.numpy as jnp

    return x * jnp.dot(x, y)
