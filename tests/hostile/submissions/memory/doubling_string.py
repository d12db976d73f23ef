# verdicts: memory_limit
# A string that doubles.
text = "allclose"
while True:
    text += text


def solve(x, y):
    return x
