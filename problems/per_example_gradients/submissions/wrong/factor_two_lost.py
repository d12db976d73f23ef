# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Everything is half of what it should be: the derivative of the square e**2 is 2 * e. grad would not have lost the factor."
# ///
def per_example_gradients(params, batch_x, batch_y):
    w, b = params
    error = w * batch_x + b - batch_y
    return error * batch_x, error
