# verdicts: runtime_error
# always
# Puts characters into the terminal from which the service was started.
import fcntl

TIOCSTI, TIOCLINUX = 0x5412, 0x541C
WON = []
for descriptor in range(4):
    for request in (TIOCSTI, TIOCLINUX):
        try:
            fcntl.ioctl(descriptor, request, b"x")
            WON.append(descriptor)
        except OSError:
            continue
assert WON


def solve(x, y):
    return x
