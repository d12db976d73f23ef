# wrong_answer value
import jax
import jax.numpy as jnp


def quantised_matmul(x, w, x_scale, w_scale):
    product = jax.lax.dot_general(x, w, (((1,), (0,)), ((), ())), preferred_element_type=jnp.int32)
    return product.astype(jnp.float32) * x_scale * w_scale[0]
