# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "relu comes before each layer, the first one included, and cuts off the negative inputs. The input goes into the first layer as it is."
# ///
import jax


def mlp_forward(params, x):
    for w, b in params:
        x = jax.nn.relu(x) @ w + b
    return x
