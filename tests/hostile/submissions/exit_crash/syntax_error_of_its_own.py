# verdicts: compile_error, runtime_error
# A syntax error that names the submission and places that do not exist.
def solve(x, y):
    raise SyntaxError("\x1b[31m<b>", ("submission.py", 10**30, -(10**30), "x" * 10**6, "a", "b"))
