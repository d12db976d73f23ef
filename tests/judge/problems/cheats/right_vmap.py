import jax


def cheats(w, x):
    return jax.vmap(lambda row, scale: row * scale)(w, x)
