def batched_predict(params, batch_x):
    w, b = params
    return w * batch_x + b
