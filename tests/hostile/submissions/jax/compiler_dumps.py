# verdicts: runtime_error, wrong_answer
# always
# Has the compiler write what it compiles to files.
import os

os.environ["XLA_FLAGS"] = "--xla_dump_to=/tmp/allclose-hostile --xla_dump_hlo_as_text"
import jax.numpy as jnp

jnp.ones(3).block_until_ready()
assert os.path.exists("/tmp/allclose-hostile")


def solve(x, y):
    return 0 * x
