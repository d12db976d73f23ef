# verdicts: output_limit
# run: output_limit
# always
# Prints for ever.
while True:
    print("x" * 1000)


def solve(x, y):
    return x
