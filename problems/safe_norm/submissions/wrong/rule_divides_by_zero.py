# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The rule divides x by its length, which is 0/0 at zero. A custom rule needs the jnp.where as well: divide by 1 where the length is 0."
# ///
import jax
import jax.numpy as jnp


@jax.custom_jvp
def safe_norm(x):
    return jnp.sqrt(jnp.sum(x**2))


@safe_norm.defjvp
def along(primals, tangents):
    (x,), (direction,) = primals, tangents
    length = safe_norm(x)
    return length, x @ direction / length
