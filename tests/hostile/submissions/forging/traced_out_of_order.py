# verdicts: sandbox_violation, not_traceable
# Sends the programs of two signatures the wrong way round.
import json
import os

import jax
import jax.export
import jax.numpy as jnp


def send(header, body=b""):
    raw = json.dumps(header).encode()
    message = b"acl1" + len(raw).to_bytes(4, "little") + len(body).to_bytes(8, "little") + raw + body
    while message:
        message = message[os.write(3, message) :]


for index, size in enumerate((5, 3)):
    spec = jax.ShapeDtypeStruct((size,), jnp.float32)
    program = jax.export.export(jax.jit(lambda x, y: 0 * x, keep_unused=True), platforms=("cpu",))(spec, spec)
    leaf = {"kind": "array", "dtype": "float32", "shape": [size]}
    send({"type": "traced", "signature": index, "returns": leaf}, program.mlir_module_serialized)
send({"type": "done"})
os._exit(0)


def solve(x, y):
    return x
