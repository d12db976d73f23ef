# failures: exception
# always
# Names that are no names.
def public():
    return {"\x1b[2J\u202e": (), "": (), None: ()}


def hidden(rng):
    return {}
