# verdicts: compile_error, runtime_error
# always
# A syntax error whose line and column are no numbers.
def solve(x, y):
    error = SyntaxError("wrong")
    error.filename, error.lineno, error.offset, error.msg = "submission.py", "seven", object(), {1: 2}
    raise error
