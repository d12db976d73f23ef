def matrix_chain(a, b, c):
    (m, k), (n, p) = a.shape, c.shape
    # Shapes are Python numbers while the program is traced, so that each shape gets the program that suits it.
    left_first = m * k * n + m * n * p
    right_first = k * n * p + m * k * p
    return (a @ b) @ c if left_first <= right_first else a @ (b @ c)
