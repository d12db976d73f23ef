import jax


def public():
    return {"two": (jax.random.key(1), 2)}


def hidden(rng):
    return {f"width_{width}": (jax.random.key(int(rng.integers(1 << 20))), width) for width in (3, 5)}
