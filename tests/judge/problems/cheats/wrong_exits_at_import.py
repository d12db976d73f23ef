# runtime_error
import sys

sys.exit(0)


def cheats(w, x):
    return w
