# verdicts: compile_error
# Nothing but comments.
