# wrong_answer value
def dict_result(x):
    return {"mean": x.mean(), "parts": (-x, x)}
