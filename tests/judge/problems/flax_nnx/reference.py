from flax import nnx


def flax_nnx(key, width):
    return nnx.state(nnx.Linear(2, width, rngs=nnx.Rngs(key)), nnx.Param)
