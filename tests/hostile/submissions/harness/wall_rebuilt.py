# verdicts: sandbox_violation, runtime_error
# Calls the code that built its wall, with less in it.
from sandbox.inside import wall

wall.build(wall.Wall(1 << 40, None, 0, ("/",), use_landlock=True))
raise SystemExit("another wall was built")


def solve(x, y):
    return x
