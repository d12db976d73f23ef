# verdicts: compile_error
# run: compile_error
# Bytes that are no text.
#! insert b"# \xff\xfe\xed\xa0\x80\xc0\x80\n" * 1
def solve(x, y):
    return x
