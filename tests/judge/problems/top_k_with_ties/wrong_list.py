# wrong_answer tree
import jax


def top_k_with_ties(x):
    return list(jax.lax.top_k(x, 3))
