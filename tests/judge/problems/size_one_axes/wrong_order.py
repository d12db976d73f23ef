# wrong_answer shape
def size_one_axes(x, y):
    return (x * y)[:, None]
