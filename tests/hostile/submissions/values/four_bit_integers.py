# verdicts: not_traceable, wrong_answer
# A dtype that has no byte of its own.
def solve(x, y):
    return x.astype("int4")
