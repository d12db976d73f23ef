# wrong_answer tree
import flax.linen as nn


class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        hidden = nn.tanh(nn.Dense(3, name="hidden")(x))
        return nn.Dense(2, name="out")(hidden)


def init(key, x):
    return Net().init(key, x)


def apply(variables, x):
    params = variables["params"]
    return Net().apply({"params": {"hidden": params["Dense_0"], "out": params["Dense_1"]}}, x)
