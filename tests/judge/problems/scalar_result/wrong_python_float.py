# not_traceable
def scalar_result(x):
    return max(float(v) for v in x)
