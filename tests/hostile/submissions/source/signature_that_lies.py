# verdicts: runtime_error, wrong_answer, compile_error
# A callable that tells one signature and has another.
import inspect


class Sly:
    __signature__ = inspect.Signature([inspect.Parameter(name, inspect.Parameter.POSITIONAL_ONLY) for name in "ab"])

    def __call__(self):
        return True


solve = Sly()
