# verdicts: runtime_error
# always
# Changes what the next child would inherit from the zygote: priority, limits, name, affinity.
import os
import resource

PARENT = os.getppid()
WON = []
for attempt in (
    lambda: os.setpriority(os.PRIO_PROCESS, PARENT, 19),
    lambda: os.setpriority(os.PRIO_USER, 0, 19),
    lambda: os.setpriority(os.PRIO_PGRP, 0, 19),
    lambda: os.sched_setaffinity(PARENT or 1, {0}),
    lambda: os.sched_setscheduler(PARENT or 1, os.SCHED_IDLE, os.sched_param(0)),
    lambda: resource.prlimit(PARENT or 1, resource.RLIMIT_NOFILE, (8, 8)),
    lambda: resource.prlimit(1, resource.RLIMIT_NOFILE),
):
    try:
        attempt()
        WON.append(attempt)
    except OSError:
        continue
assert WON


def solve(x, y):
    return x
