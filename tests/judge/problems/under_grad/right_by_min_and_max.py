import jax
import jax.numpy as jnp


@jax.custom_vjp
def limit(x, bound):
    return x


limit.defvjp(
    lambda x, bound: (x, bound),
    lambda bound, g: (jnp.minimum(bound, jnp.maximum(-bound, g)), jnp.zeros_like(bound)),
)


def under_grad(x, bound):
    y = limit(x, bound)
    return jnp.sum(y * y * y)
