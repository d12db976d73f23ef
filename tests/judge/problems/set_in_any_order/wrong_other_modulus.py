# wrong_answer value
def set_in_any_order(x):
    return x % 6
