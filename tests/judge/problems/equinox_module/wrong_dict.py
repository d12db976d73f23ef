# wrong_answer tree
def equinox_module(x):
    return [{"slope": x.sum(), "offset": x.mean()}, None]
