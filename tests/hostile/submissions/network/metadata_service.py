# verdicts: sandbox_violation
# always
# The address under which clouds hand out credentials.
import urllib.request

urllib.request.urlopen("http://169.254.169.254/latest/meta-data/", timeout=1).read()


def solve(x, y):
    return x
