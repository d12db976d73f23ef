# verdicts: wrong_answer
# A name in mathematical letters, which Python folds to the one that was asked for.
#! insert b"def \xf0\x9d\x93\xbc\xf0\x9d\x93\xb8\xf0\x9d\x93\xb5\xf0\x9d\x93\xbf\xf0\x9d\x93\xae(x, y):\n    return 0 * x\n" * 1
