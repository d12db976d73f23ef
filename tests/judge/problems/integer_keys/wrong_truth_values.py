# wrong_answer tree
def integer_keys(x):
    return {False: x, True: (2 * x, "twice")}
