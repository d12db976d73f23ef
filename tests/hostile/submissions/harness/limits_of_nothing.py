# verdicts: runtime_error, memory_limit, time_limit
# Lowers its own limits until the rest of the job cannot work.
import resource

for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_DATA, resource.RLIMIT_AS, resource.RLIMIT_STACK):
    resource.setrlimit(limit, (0, 0))


def solve(x, y):
    return 0 * x
