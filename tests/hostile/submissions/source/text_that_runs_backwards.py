# verdicts: compile_error
# Characters that show code in another order than it runs.
def solve(x, y):
    return x
#! insert b"# \xe2\x80\xae } \xe2\x81\xa6if x \xe2\x81\xa9 \xe2\x81\xa6 begin\n" * 1
