# wrong_answer value
import jax.numpy as jnp


def svd_up_to_sign(a):
    u, s, vt = jnp.linalg.svd(a, full_matrices=False)
    square = min(a.shape)
    return {"u": u, "s": s, "vt": vt.at[:square, :square].set(vt[:square, :square].T)}
