# not_traceable
SEEN = {}


def cheats(w, x):
    return SEEN.setdefault(id(SEEN), w * x[:, None])
