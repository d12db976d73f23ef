from jax import numpy as np


def style_required_import(x):
    return np.exp(x)
