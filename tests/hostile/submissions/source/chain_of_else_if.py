# verdicts: compile_error
# Twenty thousand branches, each inside the one before.
A = 0
if A: pass
#! insert b"elif A: pass\n" * 15000


def solve(x, y):
    return x
