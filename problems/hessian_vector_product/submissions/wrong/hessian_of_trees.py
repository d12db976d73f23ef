# /// allclose
# verdict = "rule_broken"
# reason = "too_much_memory"
# message = "The Hessian of a tree is a tree of blocks, and all of them together are as large as the matrix. Differentiate the gradient along v only: jax.jvp."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    blocks = jax.hessian(loss)(params, x, y)
    return jax.tree.map(
        lambda row, p: sum(jnp.tensordot(row[name], v[name], axes=v[name].ndim) for name in v),
        blocks,
        params,
        is_leaf=lambda node: isinstance(node, dict) and not isinstance(node["out"], dict),
    )
