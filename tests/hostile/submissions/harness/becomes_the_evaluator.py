# verdicts: wrong_answer, runtime_error, time_limit, sandbox_violation
# Starts the evaluator's code in its own process and waits for hidden inputs.
from sandbox.inside import evaluate

evaluate.main()


def solve(x, y):
    return 0 * x
