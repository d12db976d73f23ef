import flax.linen as nn
import jax
import jax.numpy as jnp


class Network(nn.Module):
    def setup(self):
        self.Dense_0 = nn.Dense(3)
        self.Dense_1 = nn.Dense(2)

    def __call__(self, x):
        return self.Dense_1(jnp.tanh(self.Dense_0(x)))


def init(key, x):
    return Network().init(key, x)


def apply(variables, x):
    return jax.vmap(lambda row: Network().apply(variables, row))(x)
