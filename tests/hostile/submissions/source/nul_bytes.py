# verdicts: compile_error
# run: compile_error
# always
# Text that ends for C and goes on for Python.
def solve(x, y):
    return x
#! insert b"\x00def solve(x, y): return 1\n" * 1
