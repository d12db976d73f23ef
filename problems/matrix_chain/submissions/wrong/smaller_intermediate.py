# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "The smaller intermediate product need not be the cheaper one: the work of a product also counts the size that is summed over. Compare M*K*N + M*N*P with K*N*P + M*K*P."
# ///
def matrix_chain(a, b, c):
    left, right = a.shape[0] * b.shape[1], b.shape[0] * c.shape[1]
    return (a @ b) @ c if left < right else a @ (b @ c)
