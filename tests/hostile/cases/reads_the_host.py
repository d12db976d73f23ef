# failures: exception
# Reads a file of the host's for its values.
def public():
    return {open("/etc/passwd").read(): ()}


def hidden(rng):
    return {}
