# wrong_answer dtype
def set_in_any_order(x):
    return x % 7.0
