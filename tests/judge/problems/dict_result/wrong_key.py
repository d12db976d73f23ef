# wrong_answer tree
def dict_result(x):
    return {"average": x.mean(), "parts": (x, -x)}
