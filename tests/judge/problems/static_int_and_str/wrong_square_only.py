# wrong_answer value
def static_int_and_str(x, power, how):
    return getattr(x * x, how)()
