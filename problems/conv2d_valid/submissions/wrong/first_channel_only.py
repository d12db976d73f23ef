# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Only the first channel of the images is looked at. Sum over all of them."
# ///
def conv2d_valid(images, kernel):
    rows, columns = kernel.shape[:2]
    p, q = images.shape[1] - rows + 1, images.shape[2] - columns + 1
    return sum(images[:, k : k + p, l : l + q, :1] * kernel[k, l, 0] for k in range(rows) for l in range(columns))
