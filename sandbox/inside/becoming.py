"""How a freshly forked process becomes a child: its descriptors, its wall, its role, its end.

Invariant: it is walled in before its role reads a byte, and whatever happens it never returns to the zygote's loop.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import traceback

from sandbox.inside import wall
from sandbox.inside.roles import Roles

#: The last words of a child that cannot even tell of its failure.
_NO_MEMORY = b"MemoryError\n"


def become(request: dict[str, object], descriptors: tuple[int, int, int], roles: Roles) -> None:
    """Turn the forked process into a walled-in child, run its role and exit; never returns."""
    code = 70  # EX_SOFTWARE: the role itself failed
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # Descriptors 0-3 are taken by the backend's pipe or free; move the child's out of the way first.
        moved = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10) for descriptor in descriptors]
        for target, source in ((0, moved[0]), (1, moved[1]), (2, moved[1]), (3, moved[2])):
            os.dup2(source, target)
        os.closerange(4, 4096)
        name = str(request["role"])
        wall.name_process(name)
        sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
        _name_fatal_lines()
        settings = request["wall"]
        assert isinstance(settings, dict)
        wanted = wall.Wall(**settings)
        role = roles.choose(name, wanted)
        wall.build(wanted)
        role()
        sys.stdout.flush()
        code = 0
    except MemoryError:
        os.write(2, _NO_MEMORY)  # a traceback would take more than there is
    except BaseException:  # noqa: BLE001 - whatever it was, this process must end here
        traceback.print_exc()
    finally:
        os._exit(code)


def _name_fatal_lines() -> None:
    """On a fatal signal, write the Python line that caused it to standard error, then die of that signal."""
    import faulthandler

    faulthandler.enable(file=2, all_threads=False)
    faulthandler.register(signal.SIGSYS, file=2, all_threads=False, chain=True)
