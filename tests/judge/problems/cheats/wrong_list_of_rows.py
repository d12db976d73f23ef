# wrong_answer tree
def cheats(w, x):
    return [w[i] * x[i] for i in range(len(x))]
