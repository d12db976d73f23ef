import jax


def stable_softmax(logits):
    return jax.nn.softmax(logits, axis=-1)
