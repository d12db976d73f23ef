# wrong_answer value
def eager_string(x):
    return "up"
