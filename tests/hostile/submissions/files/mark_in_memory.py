# verdicts: runtime_error
# always
# Leaves a mark in its own process and looks whether the job before has left one.
import builtins
import os
import sys

import jax
import numpy

WON = [hasattr(builtins, "allclose_hostile"), "allclose_hostile" in sys.modules, "ALLCLOSE_HOSTILE" in os.environ]
WON += [hasattr(module, "allclose_hostile") for module in (jax, numpy, sys.modules["sandbox.frames"])]
for module in (builtins, jax, numpy, sys.modules["sandbox.frames"]):
    module.allclose_hostile = 1
sys.modules["allclose_hostile"] = sys
os.environ["ALLCLOSE_HOSTILE"] = "1"
os.putenv("ALLCLOSE_HOSTILE", "1")
assert any(WON)


def solve(x, y):
    import jax.numpy as jnp

    return x * jnp.dot(x, y)
