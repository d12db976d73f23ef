# verdicts: output_limit
# always
# A list that contains itself.
def solve(x, y):
    ring = [x]
    ring.append(ring)
    return ring
