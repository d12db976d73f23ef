# verdicts: runtime_error, sandbox_violation
# Empty files, which fill a file system that has room left.
for number in range(1_000_000):
    open(f"/tmp/allclose-hostile-{number}", "w").close()


def solve(x, y):
    return x
