# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "There is a row and a column too few. A window of K rows fits into H rows in H - K + 1 places."
# ///
def conv2d_valid(images, kernel):
    rows, columns = kernel.shape[:2]
    p, q = images.shape[1] - rows, images.shape[2] - columns
    return sum(images[:, k : k + p, l : l + q] @ kernel[k, l] for k in range(rows) for l in range(columns))
