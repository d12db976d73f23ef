# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "log_probabilities[:, labels] takes the labels of all examples for each row, an N by N matrix. Pick one entry a row with jnp.take_along_axis, or with log_probabilities[jnp.arange(N), labels]."
# ///
import jax
import jax.numpy as jnp


def loss_with_accuracy(params, x, labels):
    w, b = params
    scores = x @ w + b
    log_probabilities = jax.nn.log_softmax(scores, axis=1)
    of_the_label = log_probabilities[:, labels]
    return -jnp.mean(of_the_label), jnp.mean(jnp.argmax(scores, axis=1) == labels)


def loss_and_accuracy(params, x, labels):
    (loss, accuracy), gradient = jax.value_and_grad(loss_with_accuracy, has_aux=True)(params, x, labels)
    return loss, accuracy, gradient
