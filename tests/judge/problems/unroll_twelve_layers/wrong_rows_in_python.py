# rule_broken unrolled
import jax.numpy as jnp


def unroll_twelve_layers(x):
    w = jnp.eye(4) * 0.9 + 0.1
    rows = []
    for row in x:
        for _ in range(12):
            row = jnp.tanh(row @ w)
        rows.append(row)
    return jnp.stack(rows)
