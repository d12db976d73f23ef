# wrong_answer tree
from flax import nnx


def flax_nnx(key, width):
    return nnx.to_pure_dict(nnx.state(nnx.Linear(2, width, rngs=nnx.Rngs(key)), nnx.Param))
