import jax


def train(solution, x, count):
    init, update = solution.momentum(0.1, 0.9)
    params = {"x": x, "scale": x[0]}
    state = init(params)
    for _ in range(count):
        gradient = jax.grad(lambda p: p["scale"] * (p["x"] ** 2).sum())(params)
        change, state = update(gradient, state)
        params = jax.tree.map(lambda p, c: p + c, params, change)
    return params, state
