# wrong_answer tree
def namedtuple_result(x):
    return x * 2, x.sum()
