# rule_broken unrolled
import jax.numpy as jnp


def loop_may_not_unroll(x):
    total, out = 0.0, []
    for each in x:
        total = 0.5 * total + each
        out.append(total)
    return jnp.stack(out)
