import jax.numpy as np


def style_forbidden_import(x):
    return x + np.arange(len(x))
