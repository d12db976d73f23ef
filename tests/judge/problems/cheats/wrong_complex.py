# wrong_answer dtype
def cheats(w, x):
    return w * x[:, None] + 0j
