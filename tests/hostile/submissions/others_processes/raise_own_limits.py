# verdicts: runtime_error
# always
# Asks for more of everything that is limited.
import resource

WON = []
for name in (name for name in dir(resource) if name.startswith("RLIMIT_")):
    limit = getattr(resource, name)
    try:
        soft, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            resource.setrlimit(limit, (hard + 1, hard + 1))
            WON.append(name)
    except (OSError, ValueError):
        continue
assert WON


def solve(x, y):
    return x
