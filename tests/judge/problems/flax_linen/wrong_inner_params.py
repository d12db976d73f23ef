# wrong_answer tree
import flax.linen as nn


class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        hidden = nn.tanh(nn.Dense(3)(x))
        return nn.Dense(2)(hidden)


def init(key, x):
    return Net().init(key, x)["params"]


def apply(variables, x):
    return Net().apply(variables, x)
