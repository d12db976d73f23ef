# time_limit
def eager_branches_in_jax(x):
    while True:
        pass
