# wrong_answer tree
def with_aux(w, x):
    r = w * x - 1
    return (r**2).sum(), r, w
