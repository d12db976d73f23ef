# verdicts: compile_error, runtime_error, memory_limit, wrong_answer
# always
# Nested just so deep that it can be parsed, and compiling it mostly finds no stack left.
X = (
#! insert b"-" * 2900
1)


def solve(x, y):
    return 0 * x
