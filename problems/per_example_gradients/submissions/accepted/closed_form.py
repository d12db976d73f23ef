def per_example_gradients(params, batch_x, batch_y):
    w, b = params
    error = w * batch_x + b - batch_y
    return 2.0 * error * batch_x, 2.0 * error
