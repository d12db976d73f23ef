# verdicts: runtime_error, sandbox_violation
# JAX's cache of compiled programs, which runs what is in it.
import os

import jax
import jax.numpy as jnp

jax.config.update("jax_compilation_cache_dir", "/tmp/allclose-hostile")
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)
jax.config.update("jax_raise_persistent_cache_errors", True)
jax.block_until_ready(jax.jit(lambda x: jnp.sin(x) + 1)(jnp.ones(3)))
assert os.listdir("/tmp/allclose-hostile")


def solve(x, y):
    return x
