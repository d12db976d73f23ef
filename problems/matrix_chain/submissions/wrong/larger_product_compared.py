# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "The larger of the two products decides here, but both are computed: compare the sums."
# ///
def matrix_chain(a, b, c):
    m, k = a.shape
    n, p = c.shape
    if max(m * k * n, m * n * p) <= max(k * n * p, m * k * p):
        return (a @ b) @ c
    return a @ (b @ c)
