import jax
import jax.numpy as jnp


def ensemble_predict(params, batch):
    body, heads = params["body"], params["heads"]

    def member(head):
        return jax.vmap(lambda x: jnp.vdot(head["w"], jnp.tanh(body["b"] + body["w"].T @ x)) + head["b"])(batch)

    # A loop in the program over the heads; what is shared is simply in scope.
    return jax.lax.map(member, heads)
