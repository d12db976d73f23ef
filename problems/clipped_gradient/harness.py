import jax


def pull_back(solution, x, limit, cotangent):
    """What flows back to `x` where `cotangent` flows into the result."""
    _, backward = jax.vjp(lambda x: solution.clipped_gradient(x, limit), x)
    return backward(cotangent)[0]
