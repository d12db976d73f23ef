# verdicts: sandbox_violation, runtime_error
# Sends the right program for the public case, says that it is done, and leaves.
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


spec = jax.ShapeDtypeStruct((3,), jnp.float32)
right = jax.jit(lambda x, y: x * jnp.dot(x, y), keep_unused=True)
program = jax.export.export(right, platforms=("cpu",))(spec, spec).mlir_module_serialized
send({"type": "traced", "signature": 0, "returns": {"kind": "array", "dtype": "float32", "shape": [3]}}, program)
send({"type": "done"})
os._exit(0)


def solve(x, y):
    return x
