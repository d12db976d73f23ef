import jax


def initial_state(solution, params):
    init, _ = solution.adam(0.1)
    return init(params)


def train(solution, params, target, steps):
    init, update = solution.adam(0.1)

    def loss(params):
        differences = jax.tree.map(lambda p, t: ((p - t) ** 2).sum(), params, target)
        return sum(jax.tree.leaves(differences))

    state = init(params)
    for _ in range(steps):
        change, state = update(jax.grad(loss)(params), state)
        params = jax.tree.map(lambda p, c: p + c, params, change)
    return params, state
