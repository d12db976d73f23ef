def integer_keys(x):
    return dict(enumerate([x, (x + x, "twi" "ce")]))
