# verdicts: wrong_answer
# A dtype that NumPy does not know.
def solve(x, y):
    return (x * (x @ y)).astype("float8_e4m3fn")
