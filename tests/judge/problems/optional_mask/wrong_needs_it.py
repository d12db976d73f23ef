# runtime_error
def optional_mask(x, mask):
    return (x * mask).sum() / mask.sum()
