import jax
import jax.numpy as jnp


def loss_with_accuracy(params, x, labels):
    w, b = params
    scores = x @ w + b
    log_probabilities = jax.nn.log_softmax(scores, axis=1)
    of_the_label = jnp.take_along_axis(log_probabilities, labels[:, None], axis=1)
    return -jnp.mean(of_the_label), jnp.mean(jnp.argmax(scores, axis=1) == labels)


def loss_and_accuracy(params, x, labels):
    (loss, accuracy), gradient = jax.value_and_grad(loss_with_accuracy, has_aux=True)(params, x, labels)
    return loss, accuracy, gradient
