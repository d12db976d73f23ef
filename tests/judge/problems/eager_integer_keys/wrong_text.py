# wrong_answer tree
def eager_integer_keys(x):
    return {str(value): (x == value).sum() for value in x}
