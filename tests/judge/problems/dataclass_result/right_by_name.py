from dataclasses import dataclass

import jax


@jax.tree_util.register_dataclass
@dataclass
class Line:
    slope: jax.Array
    offset: jax.Array


def dataclass_result(x):
    return {"line": Line(offset=x.sum() / x.size, slope=x.sum())}
