import numpy as np

# Users, items and dimensions never have equal counts: a gradient of something else would have the right shape there.


def public():
    return {
        "two_users": (
            np.array([[1.0], [2.0]], np.float32),
            np.array([[1.0], [0.0], [-1.0]], np.float32),
            np.array([[0.0, 1.0, 0.0], [1.0, -1.0, 0.0]], np.float32),
        ),
        "one_user": (
            np.array([[1.0, -1.0, 0.5]], np.float32),
            np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 4.0]], np.float32),
            np.array([[3.0, -1.0]], np.float32),
        ),
    }


def hidden(rng):
    def factors(users, items, dimensions, low=-1.0, high=1.0):
        u = rng.uniform(low, high, (users, dimensions))
        v = rng.uniform(low, high, (items, dimensions))
        # Every prediction is clearly off: an error near zero would be all rounding.
        error = rng.uniform(0.25, 1.0, (users, items)) * rng.choice([-1.0, 1.0], (users, items))
        return u.astype(np.float32), v.astype(np.float32), (u @ v.T - error).astype(np.float32)

    one_pair = factors(1, 1, 4)
    # Cases that are there for their numbers have the shapes of six_users, and so share its program.
    cold_user = factors(6, 11, 3)
    cold_user[0][1] = 0.0
    unrated = factors(6, 11, 3, 20.0, 40.0)
    unrated[2][:] = 0.0
    return {
        "one_pair": one_pair,
        "one_dimension": factors(7, 5, 1),
        "six_users": factors(6, 11, 3),
        "entries_below_zero": factors(6, 11, 3, -2.0, -0.5),
        "one_user_all_zero": cold_user,
        "ratings_zero": unrated,
        "many_ratings": factors(40, 25, 6),
    }
