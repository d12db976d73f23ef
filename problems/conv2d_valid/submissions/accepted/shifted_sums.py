def conv2d_valid(images, kernel):
    height, width = images.shape[1:3]
    rows, columns = kernel.shape[:2]
    p, q = height - rows + 1, width - columns + 1
    return sum(images[:, k : k + p, l : l + q] @ kernel[k, l] for k in range(rows) for l in range(columns))
