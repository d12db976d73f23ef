# wrong_answer mutated_input
def eager_in_place(x):
    x[x < 0] = 0
    return x
