# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "This is one order for all shapes. a @ b @ c makes a large product on the way if c is narrow, and a @ (b @ c) does if a is. Count the multiplications of both orders from the shapes, and choose with a Python if."
# ///
def matrix_chain(a, b, c):
    return a @ b @ c
