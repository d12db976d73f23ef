# wrong_answer value
SEEN = []


def eager_in_place(x):
    SEEN.append(x.clip(0))
    return SEEN[0]
