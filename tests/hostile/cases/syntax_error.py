# failures: source
# always
# Text that is no Python.
def public()
