# verdicts: compile_error
# A name that looks like the one that was asked for (a Cyrillic letter in it).
#! insert b"def s\xd0\xbelve(x, y):\n    return x\n" * 1
