# wrong_answer shape
def cheats(w, x):
    return (w * x[:, None])[:, :1]
