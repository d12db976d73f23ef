# verdicts: compile_error
# A name that is bound where no reader of the syntax sees it, to what is no function.
globals().update(solve=7)
