def cheats(w, x):
    return w * x[:, None]
