def steps(solution, x, count):
    step = solution.make_step(0.25)
    for _ in range(count):
        x = step(x)
    return x
