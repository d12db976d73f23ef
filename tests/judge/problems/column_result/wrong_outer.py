# wrong_answer shape
def column_result(x):
    return x[:, None] + 0 * x[None, :]
