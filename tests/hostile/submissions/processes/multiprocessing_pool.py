# verdicts: sandbox_violation, runtime_error
# always
# What a learner in good faith would write to go faster.
import multiprocessing


def double(number):
    return 2 * number


def solve(x, y):
    with multiprocessing.Pool(4) as pool:
        return x * sum(pool.map(double, range(4)))
