# wrong_answer value
def cheats(w, x):
    return (w * x[:, None]).T
