def optional_mask(x, mask):
    return x.mean() if mask is None else x.mean(where=mask)
