from functools import partial

import jax


@jax.jit
@partial(jax.vmap, in_axes=((None, None), 0))
def batched_predict(params, batch_x):
    # Under vmap this is the function for one input; the axes are spelled out for both parameters.
    w, b = params
    return w * batch_x + b
