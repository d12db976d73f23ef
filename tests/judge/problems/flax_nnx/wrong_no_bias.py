# wrong_answer tree
from flax import nnx


def flax_nnx(key, width):
    return nnx.state(nnx.Linear(2, width, use_bias=False, rngs=nnx.Rngs(key)), nnx.Param)
