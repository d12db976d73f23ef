# wrong_answer value
def in_complex64(x):
    return x * 1j
