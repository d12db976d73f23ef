# verdicts: memory_limit, time_limit
# A few bytes that decompress without end.
import zlib

SMALL = zlib.compress(zlib.compress(bytes(1 << 26)) * 1000)
KEPT = []
while True:
    KEPT.append(zlib.decompress(SMALL))
    KEPT.append(zlib.decompress(zlib.compress(bytes(1 << 26))))


def solve(x, y):
    return x
