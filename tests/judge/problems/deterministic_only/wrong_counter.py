# wrong_answer nondeterministic
CALLS = []


def deterministic_only(x):
    CALLS.append(1)
    return 2 * x + 1e-12 * len(CALLS)
