# wrong_answer shape
def scalar_result(x):
    return x.max(keepdims=True)
