# wrong_answer value
def static_int_and_str(x, power, how):
    return (x**power).sum()
