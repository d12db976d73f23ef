def static_of_equal_classes(x, how):
    return x * {bool: 2, int: 3, float: 5}[type(how["by"])]
