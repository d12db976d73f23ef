import jax


def style_required_statement(x):
    return jax.vmap(lambda v: v + 1)(x)
