#! insert b"# -*- coding: utf-7 -*-\n" * 1
# verdicts: compile_error
# An encoding in which the file means something else.
def solve(x, y):
    return x
