def matrix_chain(a, b, c):
    # Both counts divided by M*K*N*P: left first takes 1/P + 1/K, right first takes 1/M + 1/N.
    (m, k), (n, p) = a.shape, c.shape
    if 1 / p + 1 / k < 1 / m + 1 / n:
        return a @ b @ c
    return a @ (b @ c)
