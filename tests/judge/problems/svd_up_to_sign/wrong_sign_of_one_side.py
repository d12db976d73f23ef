# wrong_answer value
import jax.numpy as jnp


def svd_up_to_sign(a):
    u, s, vt = jnp.linalg.svd(a, full_matrices=False)
    return {"u": -u, "s": s, "vt": vt}
