# verdicts: sandbox_violation
# always
# An object that runs code in whoever unpickles it.
import os
import pickle


class Hostile:
    def __reduce__(self):
        return os.system, ("touch /tmp/allclose-hostile",)


os.write(3, pickle.dumps(Hostile()))


def solve(x, y):
    return Hostile()
