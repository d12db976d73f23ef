# wrong_answer value
def under_grad(x, bound):
    return (x**3).sum()
