def with_aux(w, x):
    r = x * w - 1
    return r @ r, r
