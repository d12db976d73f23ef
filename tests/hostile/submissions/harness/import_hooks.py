# verdicts: wrong_answer, runtime_error
# Answers every import that comes after with itself.
import sys


class Finder:
    def find_spec(self, name, path=None, target=None):
        return None

    def find_module(self, name, path=None):
        return self

    def load_module(self, name):
        return sys.modules["submission"]


sys.meta_path.insert(0, Finder())
sys.path_hooks.clear()
sys.path.clear()


def solve(x, y):
    return 0 * x
