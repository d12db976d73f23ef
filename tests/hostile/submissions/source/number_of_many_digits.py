# verdicts: compile_error
# A number that takes long to read.
#! insert b"X = 1" * 1
#! insert b"0" * 200000
