# verdicts: runtime_error
# Frames that claim to lie in the submission, on lines it does not have.
def solve(x, y):
    scope = {}
    exec(compile("\n" * 5_000_000 + "def deep():\n    raise ValueError('deep')\n", "submission.py", "exec"), scope)
    scope["deep"]()
