# failures: exception, violation, findings
# A name that is a str and lies about itself.
import numpy as np


class Name(str):
    def isprintable(self):
        return True

    def strip(self):
        return self

    def __len__(self):
        return 1


def public():
    return {Name("\x00\ud800" * 100_000): (np.ones(3, np.float32), np.ones(3, np.float32))}


def hidden(rng):
    return public()
