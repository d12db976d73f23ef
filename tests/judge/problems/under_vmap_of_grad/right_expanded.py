def under_vmap_of_grad(w, x):
    return w * w * x * x - 2 * w * x + 1
