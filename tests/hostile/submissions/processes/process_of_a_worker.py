# verdicts: sandbox_violation
# The same with one process.
import multiprocessing

WORKER = multiprocessing.Process(target=print)
WORKER.start()
WORKER.join()


def solve(x, y):
    return x
