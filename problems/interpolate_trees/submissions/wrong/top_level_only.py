# /// allclose
# verdict = "runtime_error"
# message = "This treats the values of one dict as arrays, and fails for any other form of tree. jax.tree.map goes down to the leaves, whatever lies above them."
# ///
def interpolate_trees(start, end, t):
    return {key: ((1 - t) * start[key] + t * end[key]).astype(start[key].dtype) for key in start}
