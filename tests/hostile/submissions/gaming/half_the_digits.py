# verdicts: wrong_answer
# A result in half precision, which float32 tolerances might let pass.
def solve(x, y):
    return (x * (x @ y)).astype("bfloat16").astype("float32")
