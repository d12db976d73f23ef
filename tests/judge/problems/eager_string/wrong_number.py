# wrong_answer tree
def eager_string(x):
    return float(x[-1] > x[0])
