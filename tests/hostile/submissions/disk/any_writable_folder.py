# verdicts: runtime_error, sandbox_violation
# always
# Tries every folder there is.
import os

WON = []
for folder, _, _ in os.walk("/"):
    try:
        os.close(os.open(os.path.join(folder, "allclose-hostile"), os.O_CREAT | os.O_WRONLY))
        WON.append(folder)
    except OSError:
        continue
assert WON


def solve(x, y):
    return x
