# verdicts: sandbox_violation, compile_error, not_traceable
# always
# Bytes of its own in the middle of the program.
import random

import jax.export

REAL = jax.export.export


class Forged:
    def __init__(self, exported):
        self.out_avals = exported.out_avals
        raw = bytearray(exported.mlir_module_serialized)
        for _ in range(64):
            raw[random.Random(len(raw)).randrange(len(raw))] ^= 0xFF
        self.mlir_module_serialized = bytes(raw[:-7])


jax.export.export = lambda *a, **k: lambda *specs: Forged(REAL(*a, **k)(*specs))


def solve(x, y):
    return 0 * x
