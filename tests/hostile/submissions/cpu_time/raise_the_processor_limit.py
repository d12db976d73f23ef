# verdicts: time_limit
# Ignores the signal of the processor limit and tries to raise the limit itself.
import resource
import signal

signal.signal(signal.SIGXCPU, signal.SIG_IGN)
try:
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
except (OSError, ValueError):
    pass
while True:
    pass


def solve(x, y):
    return x
