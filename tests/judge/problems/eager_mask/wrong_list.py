# wrong_answer tree
def eager_mask(x):
    return [v for v in x if v > 0]
