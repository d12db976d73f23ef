# verdicts: wrong_answer
# A callable that says yes to whatever it is asked.
class Everything:
    def __getattr__(self, name):
        return self

    def __call__(self, *_, **__):
        return self

    def __eq__(self, other):
        return True

    def __bool__(self):
        return True

    def __iter__(self):
        return iter(())


solve = Everything()
