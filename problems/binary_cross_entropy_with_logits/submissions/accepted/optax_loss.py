import optax


def binary_cross_entropy_with_logits(logits, labels):
    return optax.sigmoid_binary_cross_entropy(logits, labels).mean()
