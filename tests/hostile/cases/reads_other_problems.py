# failures: exception, time
# Reads another problem's answers.
import glob

FOUND = glob.glob("/**/reference.py", recursive=True)
assert FOUND


def public():
    return {name: () for name in FOUND}


def hidden(rng):
    return {}
