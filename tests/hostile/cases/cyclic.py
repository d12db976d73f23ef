# failures: output
# Arguments that contain themselves.
RING = []
RING.append(RING)


def public():
    return {"a": (RING, RING)}


def hidden(rng):
    return public()
