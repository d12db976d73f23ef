# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Newton's method gets to the solution in a few steps, by other points. Asked for are the points of bisection, also after one step or two."
# ///
import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def improve(_, guess):
        off = guess - eccentricity * jnp.sin(guess) - mean
        return guess - off / (1 - eccentricity * jnp.cos(guess))

    return jax.lax.fori_loop(0, steps, improve, mean)
