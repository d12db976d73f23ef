from jax import lax


def linear_recurrence(a, b, start):
    def compose(earlier, later):
        return earlier[0] * later[0], later[0] * earlier[1] + later[1]

    return lax.associative_scan(compose, (a, b.at[0].add(a[0] * start)))[1]
