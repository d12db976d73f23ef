# verdicts: output_limit
# A dict that contains itself under every key.
def solve(x, y):
    ring = {}
    ring.update({"a": ring, "b": ring, "c": ring})
    return ring
