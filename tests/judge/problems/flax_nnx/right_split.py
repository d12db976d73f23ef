from flax import nnx


def flax_nnx(key, width):
    _, params, _ = nnx.split(nnx.Linear(2, width, rngs=nnx.Rngs(params=key)), nnx.Param, ...)
    return params
