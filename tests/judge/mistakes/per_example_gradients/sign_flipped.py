def per_example_gradients(params, batch_x, batch_y):
    w, b = params
    error = batch_y - (w * batch_x + b)
    return 2 * error * batch_x, 2 * error
