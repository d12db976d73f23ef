# verdicts: runtime_error, sandbox_violation
# always
# Fills the disk.
with open("/tmp/allclose-hostile", "wb") as file:
    for _ in range(10_240):
        file.write(bytes(1 << 20))


def solve(x, y):
    return x
