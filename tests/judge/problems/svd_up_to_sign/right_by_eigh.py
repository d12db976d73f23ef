import jax.numpy as jnp


def svd_up_to_sign(a):
    if a.shape[0] < a.shape[1]:
        flipped = svd_up_to_sign(a.T)
        return {"u": flipped["vt"].T, "s": flipped["s"], "vt": flipped["u"].T}
    values, v = jnp.linalg.eigh(a.T @ a)
    s, v = jnp.sqrt(values[::-1]), v[:, ::-1]
    return {"u": a @ v / s, "s": s, "vt": v.T}
