# /// allclose
# verdict = "runtime_error"
# message = "Dicts and lists cannot be multiplied or added. jax.tree.map does the arithmetic leaf by leaf."
# ///
def interpolate_trees(start, end, t):
    return (1 - t) * start + t * end
