def with_aux(w, x):
    residual = w * x - 1
    return (residual**2).sum(), residual
