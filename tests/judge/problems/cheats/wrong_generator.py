# wrong_answer tree
def cheats(w, x):
    return (row for row in w)
