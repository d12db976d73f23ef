import jax
import jax.numpy as jnp


def gae(rewards, values, dones, B, S, gamma, lam):
    def body(i, state):
        running, out = state
        t = S - 1 - i
        delta = rewards[:, t] + gamma * values[:, t + 1] * (1 - dones[:, t]) - values[:, t]
        running = delta + gamma * lam * (1 - dones[:, t]) * running
        return running, out.at[:, t].set(running)

    return jax.lax.fori_loop(0, S, body, (jnp.zeros(B), jnp.zeros((B, S))))[1]
