def per_example_gradients(params, batch_x, batch_y):
    w, b = params
    error = w * batch_x + b - batch_y
    return error * batch_x, error
