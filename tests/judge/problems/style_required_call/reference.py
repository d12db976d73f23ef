import jax


def style_required_call(x):
    return jax.vmap(lambda v: v * v)(x)
