# verdicts: memory_limit, time_limit
# Takes memory in objects of a few bytes, which no single allocation shows.
KEPT = []
while True:
    KEPT.append([object() for _ in range(1000)])


def solve(x, y):
    return x
