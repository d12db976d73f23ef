# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Every sign is flipped. Inside a square the order of the difference does not matter, but in its derivative it does: prediction minus truth."
# ///
def per_example_gradients(params, batch_x, batch_y):
    w, b = params
    error = batch_y - (w * batch_x + b)
    return 2.0 * error * batch_x, 2.0 * error
