# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "vmap(grad(...)) gives one gradient per example, shape (N,). Add them up with .sum(), and return both ways in one array of shape (2,)."
# ///
import jax


def per_example_loss(w, x):
    return (w * x) ** 2


def equivalent_two_ways(w, x_batch):
    return jax.vmap(jax.grad(per_example_loss), in_axes=(None, 0))(w, x_batch)
