import jax
import jax.numpy as jnp


def loss_and_accuracy(params, x, labels):
    w, b = params
    n, k = x.shape[0], b.shape[0]
    scores = x @ w + b
    target = jax.nn.one_hot(labels, k)
    loss = jnp.mean(jax.nn.logsumexp(scores, axis=1) - jnp.sum(target * scores, axis=1))
    # The gradient with respect to the scores, in closed form.
    d_scores = (jax.nn.softmax(scores, axis=1) - target) / n
    accuracy = jnp.sum(jnp.argmax(scores, axis=1) == labels) / n
    return loss, accuracy, (x.T @ d_scores, d_scores.sum(axis=0))
