# wrong_answer tree
class Equal:
    shape, dtype = (3, 3), "float32"

    def __eq__(self, other):
        return True


def cheats(w, x):
    return Equal()
