# wrong_answer tree
from dataclasses import dataclass

import jax


@dataclass
class Line:
    slope: jax.Array
    offset: jax.Array


def dataclass_result(x):
    return {"line": Line(x.sum(), x.mean())}
