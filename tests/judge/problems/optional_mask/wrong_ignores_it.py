# wrong_answer value
def optional_mask(x, mask):
    return x.mean()
