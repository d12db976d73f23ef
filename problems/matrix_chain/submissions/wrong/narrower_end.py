# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "To start from the narrower end is right for vectors. In general the inner sizes count as well: compare M*K*N + M*N*P with K*N*P + M*K*P."
# ///
def matrix_chain(a, b, c):
    if a.shape[0] < c.shape[1]:
        return (a @ b) @ c
    return a @ (b @ c)
