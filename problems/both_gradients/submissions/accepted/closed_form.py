def both_gradients(users, items, ratings):
    error = users @ items.T - ratings
    return 2 * error @ items, 2 * error.T @ users
