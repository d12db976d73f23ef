# verdicts: runtime_error, sandbox_violation
# A terabyte that takes no room until it is copied.
with open("/tmp/allclose-hostile", "wb") as file:
    file.truncate(1 << 40)


def solve(x, y):
    return x
