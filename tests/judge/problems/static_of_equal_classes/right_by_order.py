def static_of_equal_classes(x, how):
    by = how["by"]
    if by is True:
        return x + x
    return x * (5 if isinstance(by, float) else 3)
