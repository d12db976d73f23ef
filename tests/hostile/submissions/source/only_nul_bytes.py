# verdicts: compile_error
# Nothing that can be seen.
#! insert b"\x00" * 4096
