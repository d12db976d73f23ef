def eager_integer_keys(x):
    return {int(value): (x == value).sum() for value in x}
