# wrong_answer value
import jax
import jax.numpy as jnp


@jax.custom_jvp
def bell(x):
    return jnp.exp(-(x @ x))


@bell.defjvp
def _rule(primals, tangents):
    (x,), (t,) = primals, tangents
    return bell(x), -2 * jax.lax.stop_gradient(bell(x)) * (x @ t)


def under_vmap_of_hessian(x):
    return bell(x)
