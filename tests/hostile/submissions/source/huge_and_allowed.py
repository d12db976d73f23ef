# verdicts: wrong_answer
# As much as is allowed, in definitions that all have to be compiled.
#! insert b"def f(a): return a if a else [a, a]\n" * 7000
def solve(x, y):
    return 0 * x
