# wrong_answer value
def static_of_equal_classes(x, how):
    return x * {True: 2}[how["by"]]
