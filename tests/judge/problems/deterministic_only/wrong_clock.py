# wrong_answer nondeterministic
import time


def deterministic_only(x):
    return 2 * x + 1e-20 * (time.perf_counter_ns() % 1000)
