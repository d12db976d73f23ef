def public():
    import jax

    return {"zero": (jax.random.key(0),)}


def hidden(rng):
    import jax

    return {name: (jax.random.key(int(rng.integers(1 << 40))),) for name in ("a", "b")}
