# wrong_answer tree
def cheats(w, x):
    w * x[:, None]
