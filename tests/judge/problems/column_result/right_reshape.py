def column_result(x):
    return x.reshape(-1, 1)
