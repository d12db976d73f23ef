# wrong_answer shape
def cheats(*given, **named):
    return given[-1]
