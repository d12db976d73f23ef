# wrong_answer tree
def list_with_none_result(x):
    return [x, (x.sum(),)]
