# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Two slices address a whole block, and every row of it is filled with the values. Two index arrays are read in pairs: matrix.at[i, i] with i = jnp.arange(K)."
# ///
def set_diagonal(matrix, values):
    size = values.shape[0]
    return matrix.at[:size, :size].set(values)
