# wrong_answer tree
from dataclasses import dataclass

import jax


@jax.tree_util.register_dataclass
@dataclass
class Line:
    slope: jax.Array
    bias: jax.Array


def dataclass_result(x):
    return {"line": Line(x.sum(), x.mean())}
