"""Makes JAX raise the errors that learners meet, and prints what the sandbox would report of them, as JSON.

Run in a process of its own, since JAX starts threads; not a test.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import Any

import jax
import jax.export

from sandbox.inside import learner
from tests.judge.bodies import EAGER_BODIES, MORE_BODIES

#: Name -> (body of a function of a scalar ``s``, a vector ``v`` (5,), a matrix ``m`` (3, 4) and an integer ``n``).
BODIES = {
    "if": "if s > 0:\n    return s\nreturn -s",
    "while": "while s > 0:\n    s = s - 1\nreturn s",
    "sorted": "return sorted(v)",
    "float": "return float(s)",
    "math": "import math\nreturn math.sin(s)",
    "item": "return v[0].item()",
    "range": "return sum(i for i in range(n))",
    "list index": "return [1, 2, 3][n]",
    "zeros": "return jnp.zeros(n)",
    "arange": "return jnp.arange(n)",
    "slice": "return v[:n]",
    "numpy": "return np.sin(v)",
    "mask": "return v[v > 0]",
    "nonzero": "return jnp.nonzero(v)",
    "unique": "return jnp.unique(v)",
    "leak": "kept = []\njax.vmap(lambda y: kept.append(y) or y)(v)\nreturn kept[-1] + 1",
    "callback": "return jax.pure_callback(lambda x: x, v, v)",
    "foreign": "return jax.ffi.ffi_call('nowhere', jax.ShapeDtypeStruct(v.shape, v.dtype))(v)",
    "in place": "v[0] = 1.0\nreturn v",
    "in place add": "v[0] += 1.0\nreturn v",
    "product": "return v @ m",
    "einsum": "return jnp.einsum('i,ij->j', v, m)",
    "product with scalar": "return v @ s",
    "sum of shapes": "return v + m",
    "where": "return jnp.where(v > 0, v, jnp.ones(3))",
    "grad of vector": "return jax.grad(lambda x: x**2)(v)",
    "grad of tuple": "return jax.grad(lambda x: (x, x))(s)",
    "grad of int": "return jax.grad(lambda x: x * 1.0)(3)",
    "vmap over scalar": "return jax.vmap(lambda a, b: a * b)(s, v)",
    "vmap sizes": "return jax.vmap(lambda a, b: a * b)(v, m)",
    "vmap over nothing": "return jax.vmap(lambda a, b: a * b, in_axes=(None, None))(s, v)",
    "vmap entries": "return jax.vmap(lambda a, b: a * b, in_axes=(None,))(s, v)",
    "vmap tree": "return jax.vmap(lambda p, x: p[0] * x, in_axes=((None,), 0))((s, s), v)",
    "array of unequal": "return jnp.array([s, v])",
    "stack of unequal": "return jnp.stack([v, m])",
    "returns text": "return 'hello'",
    "in a set": "return {v}",
    "carry": "return jax.lax.fori_loop(0, 3, lambda i, c: c + v, 0.0)",
    "branches": "return jax.lax.cond(s > 0, lambda: v, lambda: s)",
    "format": "return f'{s:.3f}'",
    "static array": "return jax.jit(lambda x: x, static_argnums=0)(s)",
    "static list": "return jax.jit(lambda x, k: x, static_argnames='k')(s, k=[1, 2])",
    "earlier call": "return globals().setdefault('kept', v * 2)",
    "earlier call used": "return globals().setdefault('kept', v * 2) + s",
    "inside": "kept = []\njax.grad(lambda y: kept.append(y) or y)(s)\nreturn kept[-1]",
    "unflatten": "return jax.tree.unflatten(jax.tree.structure(1), [s, v])",
    "input": "return v * float(input())",
    "exit": "import sys\nsys.exit(3)",
    "import": "import nowhere_to_be_found",
    "undefined": "return vv",
    "hostile text": "raise ValueError('\\x1b[31mred\\x1b[0m\\n' + 'x' * 9000)",
    **MORE_BODIES,
}


def report(body: str, *, eager: bool = False) -> dict[str, Any]:
    """The failure that tracing a function with this body ends in, the first time or the second; or calling it."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    source = f"import jax\nimport jax.numpy as jnp\nimport numpy as np\ndef solve(s, v, m, n):\n{lines}\n"
    types = [jax.ShapeDtypeStruct(shape, "float32") for shape in ((), (5,), (3, 4))]
    try:
        function = learner.load(source).solve
        if eager:
            function(*(jax.numpy.ones(each.shape) for each in types), 1)
        for _ in range(2):
            traced = jax.jit(partial(function), keep_unused=True)  # another function, so that it is traced anew
            jax.export.export(traced)(*types, jax.ShapeDtypeStruct((), "int32")).serialize()
    except BaseException as error:  # noqa: BLE001 - any is what is wanted, SystemExit too
        return learner.describe(error)
    raise AssertionError(f"JAX raised nothing for: {body}")


if __name__ == "__main__":
    reports = {name: report(body) for name, body in BODIES.items()}
    json.dump(reports | {name: report(body, eager=True) for name, body in EAGER_BODIES.items()}, sys.stdout)
