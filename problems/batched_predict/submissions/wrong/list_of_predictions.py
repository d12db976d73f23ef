# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "A Python loop collects the predictions in a list, and it writes every single one of them into the program. vmap returns them as one array."
# ///
def predict(params, x):
    w, b = params
    return w * x + b


def batched_predict(params, batch_x):
    return [predict(params, x) for x in batch_x]
