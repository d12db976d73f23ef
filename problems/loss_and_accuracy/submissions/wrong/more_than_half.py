# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Counted are examples whose label has more than half of the probability. With three or more classes the largest score may have less: compare jnp.argmax(scores, axis=1) with the labels."
# ///
import jax
import jax.numpy as jnp


def loss_with_accuracy(params, x, labels):
    w, b = params
    scores = x @ w + b
    log_probabilities = jax.nn.log_softmax(scores, axis=1)
    of_the_label = jnp.take_along_axis(log_probabilities, labels[:, None], axis=1)
    return -jnp.mean(of_the_label), jnp.mean(of_the_label > jnp.log(0.5))


def loss_and_accuracy(params, x, labels):
    (loss, accuracy), gradient = jax.value_and_grad(loss_with_accuracy, has_aux=True)(params, x, labels)
    return loss, accuracy, gradient
