# verdicts: runtime_error, output_limit, sandbox_violation, wrong_answer
# A tree that has no leaf at all and a million nodes.
def solve(x, y):
    return [x, *([()] * 1_000_000)]
