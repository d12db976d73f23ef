# failures: output, time
# Cases without end, each as large as it may be.
import numpy as np


class Endless(dict):
    def __len__(self):
        return 1

    def items(self):
        while True:
            yield "case", (np.zeros(1 << 22, np.float32), np.zeros(3, np.float32))


def public():
    return Endless(a=1)


def hidden(rng):
    return Endless(a=1)
