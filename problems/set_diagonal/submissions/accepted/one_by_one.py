def set_diagonal(matrix, values):
    for i in range(values.shape[0]):
        matrix = matrix.at[i, i].set(values[i])
    return matrix
