# wrong_answer value
import jax
import jax.numpy as jnp


def gae(rewards, values, dones, B, S, gamma, lam):
    not_done = 1.0 - dones
    deltas = rewards + gamma * values[:, 1:] * not_done - values[:, :-1]

    def step(running, inputs):
        delta, alive = inputs
        running = delta + gamma * lam * running
        return running, running

    _, advantages = jax.lax.scan(step, jnp.zeros(B), (deltas.T, not_done.T), reverse=True, length=S)
    return advantages.T
