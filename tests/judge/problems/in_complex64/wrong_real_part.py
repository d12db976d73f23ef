# wrong_answer dtype
def in_complex64(x):
    return (x * 1j).real
