# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The two ways come back as a Python tuple. Put them into one array with jnp.array([way_a, way_b])."
# ///
import jax


def per_example_loss(w, x):
    return (w * x) ** 2


def equivalent_two_ways(w, x_batch):
    way_a = jax.vmap(jax.grad(per_example_loss), in_axes=(None, 0))(w, x_batch).sum()
    way_b = jax.grad(lambda w: jax.vmap(per_example_loss, in_axes=(None, 0))(w, x_batch).sum())(w)
    return way_a, way_b
