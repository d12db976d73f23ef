# wrong_answer tree
def dict_result(x):
    return {"mean": x.mean(), "parts": [x, -x]}
