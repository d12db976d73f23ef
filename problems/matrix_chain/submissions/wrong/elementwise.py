# /// allclose
# verdict = "runtime_error"
# message = "The star multiplies entry by entry and wants equal shapes. The matrix product is the operator @."
# ///
def matrix_chain(a, b, c):
    return a * b * c
